"""Would this statement run, on one shard, when the tables of base/distribution.py lie on many machines?

Deny by default: each mention of a distributed table must be pinned to one organisation by a constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import sqlglot
from sqlglot import exp

from genlyd.base.distribution import COLUMN

#: Statements about tables, not rows: Citus passes them on.
UTILITIES = (exp.Create, exp.Drop, exp.Alter, exp.TruncateTable, exp.Copy, exp.Analyze)
WORDS = {"LOCK", "ANALYZE", "VACUUM", "TRUNCATE"}
VOLATILE = re.compile(r"\b(random|clock_timestamp|gen_random_uuid|nextval|uuidv7)\s*\(", re.IGNORECASE)
SCOPES = (exp.Select, exp.Update, exp.Delete, exp.Insert, exp.Merge)
CONSTANTS = (exp.Literal, exp.Parameter, exp.Placeholder)


class Judge:
    """`columns`: of every table of the house, to know whose an unqualified column is."""

    def __init__(self, distributed: set[str], columns: Mapping[str, set[str]]) -> None:
        self.distributed = distributed
        self.columns = columns

    def complaint(self, sql: str) -> str:
        """What is wrong with it, "" when nothing is."""
        for tree in sqlglot.parse(_plain(sql), dialect="postgres"):
            if tree is not None and (found := next(self._complaints(tree), "")):
                return found
        return ""

    def _complaints(self, tree: exp.Expression) -> Iterator[str]:
        if isinstance(tree, exp.Command) and str(tree.this).upper() not in WORDS:
            yield "a statement that cannot be read here"
        tables = [table for table in tree.find_all(exp.Table) if self._distributed(table)]
        if isinstance(tree, (exp.Command, *UTILITIES)) or not tables:
            return
        if any(cte.find(exp.Insert, exp.Update, exp.Delete) for cte in tree.find_all(exp.CTE)):
            yield "changes rows inside a WITH"
        for table in tables:
            yield from self._mentioned(table)
        for select in tree.find_all(exp.Select):
            yield from self._asks_outside(select)

    def _mentioned(self, table: exp.Table) -> Iterator[str]:
        scope = table.find_ancestor(*SCOPES)
        assert scope is not None
        if isinstance(scope, exp.Insert):
            yield from self._inserted(scope)
        elif not self._pinned(table, scope, set()):
            yield f"{table.name} is not pinned to one organisation by a constant"
        if isinstance(scope, exp.Update | exp.Delete):
            yield from self._changed(scope)
        if isinstance(scope, exp.Select):
            yield from self._read(scope)

    def _inserted(self, insert: exp.Insert) -> Iterator[str]:
        named = insert.this.expressions if isinstance(insert.this, exp.Schema) else []
        names = [column.name for column in named]
        source = insert.expression
        if COLUMN not in names:
            yield f"INSERT does not name {COLUMN}"
        elif isinstance(source, exp.Values):
            at = names.index(COLUMN)
            if not all(_constant(row.expressions[at]) for row in source.expressions):
                yield f"INSERT with a {COLUMN} that is no constant"
        elif isinstance(source, exp.Select):
            value = source.expressions[names.index(COLUMN)].unalias()
            own = isinstance(value, exp.Column) and any(
                self._distributed(table) and value.name == COLUMN
                for table in self._sources(source)
                if value.table in {"", table.alias_or_name}
            )
            if not _constant(value) and not own:
                yield f"INSERT from a SELECT whose {COLUMN} is no constant"
        else:
            yield "INSERT from neither VALUES nor SELECT"
        yield from _volatile(insert.args.get("conflict"))

    def _changed(self, change: exp.Expression) -> Iterator[str]:
        local = [table.name for table in change.find_all(exp.Table) if self._local(table)]
        if local:
            yield f"changes rows while reading {local[0]}, which is not distributed"
        for one in change.args.get("expressions") or []:
            if isinstance(one, exp.EQ) and one.this.name == COLUMN:
                yield f"changes {COLUMN}"
        yield from _volatile(change)

    def _read(self, select: exp.Select) -> Iterator[str]:
        if select.args.get("locks") and any(self._local(table) for table in self._sources(select)):
            yield "locks rows of a distributed table joined with one that is not"

    def _asks_outside(self, select: exp.Select) -> Iterator[str]:
        """A subquery of one kind of table that looks at a row of the other kind."""
        mine = self._sources(select)
        outside = [
            table
            for parent in _parents(select)
            for table in self._sources(parent)
            if table.name in self.columns
        ]
        for column in select.find_all(exp.Column):
            if column.find_ancestor(*SCOPES) is not select:
                continue
            if column.table:
                theirs = [table for table in outside if table.alias_or_name == column.table]
                theirs = [] if any(table.alias_or_name == column.table for table in mine) else theirs
            elif any(not self._knows(table) or column.name in self.columns[table.name] for table in mine):
                theirs = []
            else:
                theirs = [table for table in outside if column.name in self.columns[table.name]]
            here = {self._distributed(table) for table in mine if self._knows(table)}
            if theirs and here and here != {self._distributed(theirs[0])}:
                yield f"a subquery looks at {column.sql()} of a table of the other kind"

    def _pinned(self, table: exp.Table, scope: exp.Expression, asked: set[str]) -> bool:
        mine, others = table.alias_or_name, list(filter(self._distributed, self._sources(scope)))
        for one in _conditions(scope):
            if not isinstance(one, exp.EQ):
                continue
            for left, right in ((one.left, one.right), (one.right, one.left)):
                if not _is_column(left, mine, alone=len(others) == 1):
                    continue
                if _constant(right):
                    return True
                for other in others:
                    if other.alias_or_name in asked | {mine} or not _is_column(
                        right, other.alias_or_name, alone=False
                    ):
                        continue
                    if self._pinned(other, scope, asked | {mine}):
                        return True
        return False

    def _sources(self, scope: exp.Expression) -> list[exp.Table]:
        return [table for table in scope.find_all(exp.Table) if table.find_ancestor(*SCOPES) is scope]

    def _knows(self, table: exp.Table) -> bool:
        return table.name in self.columns

    def _distributed(self, table: exp.Table) -> bool:
        return re.sub(r"_(\d{4}_\d\d|default)$", "", table.name) in self.distributed

    def _local(self, table: exp.Table) -> bool:
        return self._knows(table) and not self._distributed(table)


def _plain(sql: str) -> str:
    """Without the drivers' marks: what is filled in is a constant."""
    return re.sub(r"%\(\w+\)s|%s|%b|%t", "$1", sql).replace("%%", "%")


def _constant(value: exp.Expression) -> bool:
    while isinstance(value, exp.Cast | exp.Paren):
        value = value.this
    return isinstance(value, CONSTANTS)


def _is_column(value: exp.Expression, table: str, *, alone: bool) -> bool:
    return (
        isinstance(value, exp.Column)
        and value.name == COLUMN
        and (value.table == table or (alone and not value.table))
    )


def _conditions(scope: exp.Expression) -> Iterator[exp.Expression]:
    """All of what must hold: WHERE and ON, taken apart at AND."""
    found = [join.args.get("on") for join in scope.args.get("joins") or []]
    for table in scope.find_all(exp.Table):
        if table.find_ancestor(*SCOPES) is scope:
            found += [join.args.get("on") for join in table.args.get("joins") or []]
    where = scope.args.get("where")
    found.append(where.this if where else None)
    for one in found:
        if one is not None:
            whole = one.unnest()
            yield from whole.flatten() if isinstance(whole, exp.And) else [whole]


def _parents(scope: exp.Expression) -> Iterator[exp.Expression]:
    if scope.find_ancestor(exp.CTE):
        return
    parent = scope.find_ancestor(*SCOPES)
    while parent is not None:
        yield parent
        parent = parent.find_ancestor(*SCOPES)


def _volatile(part: exp.Expression | None) -> Iterator[str]:
    if part is not None and (found := VOLATILE.search(part.sql(dialect="postgres"))):
        yield f"changes rows by {found.group(1)}(), which every machine would work out for itself"
