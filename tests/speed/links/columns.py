"""Millions of rows into a table: PostgreSQL's binary COPY, written with numpy.

Rows of one call have the same widths, so a text is a constant or an array of equally long bytes. Columns that nobody
names and that may not be null get what is neutral for their type, so that a new column does not stop the measurement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

import numpy as np
import psycopg
from psycopg import sql

START = b"PGCOPY\n\xff\r\n\0" + b"\0" * 8
END = b"\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_NUMBERS = {"int8": ">i8", "int4": ">i4", "int2": ">i2", "bool": "u1", "float8": ">f8", "timestamptz": ">i8", "date": ">i4"}  # noqa: E501  # fmt: skip
_NEUTRAL: dict[str, Any] = {
    "int8": 0, "int4": 0, "int2": 0, "bool": False, "float8": 0.0, "varchar": "", "text": "", "bpchar": "",
    "jsonb": "{}", "bytea": b"", "timestamptz": _EPOCH, "_varchar": None,
}  # fmt: skip
#: An empty array of varchar.
_NO_WORDS = b"\0\0\0\0\0\0\0\0\0\0\4\x13"
Values = dict[str, Any]


def micros(moment: datetime) -> int:
    """As PostgreSQL counts time."""
    return int((moment - _EPOCH).total_seconds() * 1_000_000)


def _cell(kind: str, value: Any) -> tuple[int, Any]:
    """(bytes of each value, what numpy assigns); -1 bytes is NULL."""
    if value is None:
        return (len(_NO_WORDS), _NO_WORDS) if kind == "_varchar" else (-1, None)
    if kind in _NUMBERS:
        if isinstance(value, datetime):
            value = micros(value)
        elif isinstance(value, date):
            value = (value - _EPOCH.date()).days
        return np.dtype(_NUMBERS[kind]).itemsize, value
    if isinstance(value, np.ndarray):
        return value.dtype.itemsize if value.dtype.kind == "S" else value.shape[1], value
    raw = value.encode() if isinstance(value, str) else bytes(getattr(value, "bytes", value))
    if kind == "jsonb":
        raw = b"\1" + raw
    return len(raw), raw


def encode(count: int, columns: list[tuple[str, Any]]) -> bytes:
    """`count` rows of (type, value) columns; a value is a constant or an array of `count`."""
    cells = [(kind, *_cell(kind, value)) for kind, value in columns]
    fields: list[tuple[Any, ...]] = [("n", ">i2")]
    for place, (kind, width, value) in enumerate(cells):
        fields.append((f"l{place}", ">i4"))
        if width > 0:
            raw = isinstance(value, np.ndarray) and value.dtype.kind != "S"
            form = _NUMBERS.get(kind) or (("u1", (width,)) if raw else f"S{width}")
            fields.append((f"v{place}", *form) if isinstance(form, tuple) else (f"v{place}", form))
    rows = np.zeros(count, dtype=fields)
    rows["n"] = len(cells)
    for place, (_kind, width, value) in enumerate(cells):
        rows[f"l{place}"] = width
        if width > 0:
            rows[f"v{place}"] = value
    return rows.tobytes()


class Table:
    def __init__(self, connection: psycopg.Connection, name: str) -> None:
        self._connection, self.name = connection, name
        self._columns = connection.execute(
            "SELECT column_name, udt_name, is_nullable = 'YES', column_default IS NOT NULL OR is_identity = 'YES'"
            " FROM information_schema.columns WHERE table_schema = ANY(current_schemas(false)) AND table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position",
            [name],
        ).fetchall()
        assert self._columns, f"there is no table {name}"

    def copy(self, chunks: Iterable[tuple[int, Values]], *, frozen: bool = False) -> int:
        """Every chunk names the same columns. Returns the number of rows.

        `frozen`: the table was emptied in this transaction, and needs no vacuum afterwards.
        """
        feed = iter(chunks)
        count, values = next(feed)
        chosen = self._choose(values)
        names = sql.SQL(", ").join(sql.Identifier(name) for name, _kind, _value in chosen)
        command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY, FREEZE {})").format(
            sql.Identifier(self.name), names, sql.Literal(frozen)
        )
        total = 0
        with self._connection.cursor().copy(command) as copy:
            copy.write(START)
            for size, given in chain([(count, values)], feed):
                copy.write(encode(size, [(kind, given.get(name, rest)) for name, kind, rest in chosen]))
                total += size
            copy.write(END)
        return total

    def _choose(self, values: Values) -> list[tuple[str, str, Any]]:
        """(column, type, neutral value) of those that are written."""
        known = {name for name, *_rest in self._columns}
        assert values.keys() <= known, f"{self.name} has no {sorted(values.keys() - known)}"
        return [
            (name, kind, None if nullable else _NEUTRAL.get(kind))
            for name, kind, nullable, has_default in self._columns
            if name in values or not (nullable or has_default)
        ]


@contextmanager
def without_indexes(connection: psycopg.Connection, table: str) -> Iterator[None]:
    """Made again afterwards, which is faster than keeping them up. What foreign keys lean on stays."""
    constraints = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint c WHERE conrelid = %s::regclass"
        " AND contype IN ('p', 'u') AND NOT EXISTS"
        " (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)",
        [table],
    ).fetchall()
    indexes = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [table],
    ).fetchall()
    name = sql.Identifier(table)
    for constraint, _made in constraints:
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(name, sql.Identifier(constraint))
        )
    for index, _made in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(index)))
    yield
    # Rows whose foreign keys are still to be asked for hold up CREATE INDEX.
    connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _index, made in indexes:
        connection.execute(
            made.replace(" ON ONLY ", " ON ")
        )  # else a partitioned table's stays without parts
    for constraint, made in constraints:
        connection.execute(
            sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
                name, sql.Identifier(constraint), sql.SQL(made)
            )
        )


def refill(connection: psycopg.Connection, table: str, chunks: Iterable[tuple[int, Values]]) -> None:
    """Instead of what is in it, and in what points to it."""
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
    with without_indexes(connection, table):
        Table(connection, table).copy(chunks, frozen=True)
