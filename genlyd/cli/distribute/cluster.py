"""What there is: the extension, the machines, and where each table lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection

from genlyd.base.distribution import distributed_tables

#: Partitioned tables with generated keys, and single statements of every form ingest uses.
LEAST_CITUS = 12


@dataclass(frozen=True)
class Node:
    name: str
    port: int
    takes_shards: bool
    coordinates: bool

    def __str__(self) -> str:
        return f"{self.name}:{self.port}"


@dataclass(frozen=True)
class Table:
    """`rows` is PostgreSQL's estimate; `left_behind` counts bytes of a distributed table still on the coordinator."""

    name: str
    rows: int
    size: int
    group: int | None
    left_behind: int = 0

    @property
    def distributed(self) -> bool:
        return self.group is not None


def ask(query: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def extension() -> str:
    """The version of Citus in this database, "" without it."""
    rows = ask("SELECT extversion FROM pg_extension WHERE extname = 'citus'")
    return str(rows[0][0]) if rows else ""


def could_have_extension() -> bool:
    return bool(ask("SELECT 1 FROM pg_available_extensions WHERE name = 'citus'"))


def nodes() -> list[Node]:
    return [
        Node(*row)
        for row in ask(
            "SELECT nodename, nodeport, shouldhaveshards, groupid = 0 FROM pg_dist_node"
            " WHERE noderole = 'primary' AND isactive ORDER BY groupid"
        )
    ]


def is_coordinator() -> bool:
    return bool(ask("SELECT citus_is_coordinator()")[0][0])


def cut_off() -> list[str]:
    """Machines that cannot reach each other, in words."""
    try:
        rows = ask(
            "SELECT from_nodename, from_nodeport, to_nodename, to_nodeport FROM citus_check_cluster_node_health()"
            " WHERE result IS NOT TRUE"
        )
    except DatabaseError as error:
        return [str(error).strip()]
    return [f"{from_}:{from_port} cannot reach {to}:{to_port}" for from_, from_port, to, to_port in rows]


def missing() -> list[str]:
    """Tables that are not there yet: `genlyd migrate` has not been run."""
    return [name for name in distributed_tables() if not ask("SELECT to_regclass(%s)", [name])[0][0]]


def tables() -> list[Table]:
    return [_table(name) for name in distributed_tables()]


def leaves(name: str) -> list[str]:
    """The tables that hold its rows: itself, or its partitions."""
    found = ask("SELECT relid::regclass::text FROM pg_partition_tree(%s) WHERE isleaf ORDER BY 1", [name])
    # A table that is not partitioned has no tree.
    return [leaf for (leaf,) in found] or [name]


def _table(name: str) -> Table:
    rows, here, left = ask(
        "SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint, sum(pg_total_relation_size(oid))::bigint,"
        " sum(pg_relation_size(oid))::bigint FROM pg_class WHERE oid = ANY(%s::regclass[])",
        [leaves(name)],
    )[0]
    group = _group(name)
    if group is None:
        return Table(name, rows, here, None)
    ((spread,),) = ask(
        "SELECT sum(citus_total_relation_size(leaf))::bigint FROM unnest(%s::regclass[]) leaf", [leaves(name)]
    )
    return Table(name, _rows_of_shards(name), spread, group, left)


def _rows_of_shards(name: str) -> int:
    """The coordinator's own estimate knows nothing of rows that lie elsewhere."""
    ((rows,),) = ask(
        "SELECT coalesce(sum(greatest(shard.result::float8, 0)) FILTER (WHERE shard.success), 0)::bigint"
        " FROM unnest(%s::regclass[]) leaf, run_command_on_shards(leaf,"
        " $$SELECT reltuples FROM pg_class WHERE oid = '%%s'::regclass$$) shard",
        [leaves(name)],
    )
    return int(rows)


def _group(name: str) -> int | None:
    """Tables of one group lie beside each other; None: it is not distributed."""
    if not extension():
        return None
    rows = ask("SELECT colocationid FROM pg_dist_partition WHERE logicalrelid = %s::regclass", [name])
    return int(rows[0][0]) if rows else None
