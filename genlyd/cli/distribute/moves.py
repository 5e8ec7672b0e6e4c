"""Changes: one table, one transaction, counted before and after. What breaks off has happened wholly or not at all."""

from __future__ import annotations

from django.db import connection, transaction

from genlyd.base.distribution import COLUMN
from genlyd.cli.distribute.cluster import ask, leaves

#: Whoever has not got the table after this long leaves it alone: those who wait behind us would wait as long.
LOCK_TIMEOUT = "30s"


class CountsDiffer(Exception):
    """Nothing has changed: the transaction was rolled back."""


def distribute(name: str, *, beside: str | None, shards: int) -> int:
    """Cut the table into shards beside those of `beside`. Writers wait meanwhile. Returns the number of its rows."""
    with transaction.atomic():
        before = _locked(name)
        if beside:
            ask("SELECT create_distributed_table(%s, %s, colocate_with => %s)", [name, COLUMN, beside])
        else:
            ask(
                "SELECT create_distributed_table(%s, %s, shard_count => %s, colocate_with => 'none')",
                [name, COLUMN, shards],
            )
        _compare(name, before)
    return before


def bring_back(name: str) -> int:
    """Make it a plain table on the coordinator again. Writers wait meanwhile. Returns the number of its rows."""
    with transaction.atomic():
        before = _locked(name)
        ask("SELECT undistribute_table(%s)", [name])
        _compare(name, before)
    return before


def drop_left_behind(name: str) -> None:
    """Free the room of rows that now lie elsewhere and cannot be seen here any more.

    Does nothing to a table that is not distributed, and nothing the second time.
    """
    if not ask("SELECT 1 FROM pg_dist_partition WHERE logicalrelid = %s::regclass", [name]):
        return
    for leaf in leaves(name):
        ask("SELECT truncate_local_data_after_distributing_table(%s)", [leaf])


def learn(name: str) -> None:
    """Statistics, without which the planner would guess about a table that is new where it lies."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {connection.ops.quote_name(name)}")


def _locked(name: str) -> int:
    ask(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    ask(f"LOCK TABLE {connection.ops.quote_name(name)} IN SHARE ROW EXCLUSIVE MODE")
    return _count(name)


def _count(name: str) -> int:
    ((rows,),) = ask(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  a model's own table
    return int(rows)


def _compare(name: str, before: int) -> None:
    after = _count(name)
    if after != before:
        raise CountsDiffer(f"{name} had {before:,} rows before and {after:,} after, so nothing was changed.")
