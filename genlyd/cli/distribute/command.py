"""The conversation: check everything, say what will happen and how long it takes, ask, do it, say what is next."""

from __future__ import annotations

import argparse
import sys
import time

from django.db import DatabaseError

from genlyd.cli.distribute import cluster, moves
from genlyd.cli.distribute.cluster import Table, ask
from genlyd.cli.errors import CannotStart
from genlyd.cli.migrate import ADVISORY_LOCK

#: Rows a second, measured on two processors that also were all the workers: docs/operate/scaling.md. More are faster.
PACE, PACE_BACK = 70_000, 100_000
READ = "See docs/operate/scaling.md."


def run(args: argparse.Namespace) -> int:
    _check(args)
    todo = _todo(args)
    _say(args, todo)
    if args.dry_run or not todo:
        return 0
    _ask_first(args)
    _take_turn()
    try:
        for table in todo:
            _one(args, table)
    except (DatabaseError, moves.CountsDiffer) as error:
        raise CannotStart(_broke_off(error)) from error
    print(_next(back=args.back))
    return 0


def _check(args: argparse.Namespace) -> None:
    if not cluster.extension():
        _without_extension(args)
    version = cluster.extension()
    if int(version.split("-")[0].split(".")[0]) < cluster.LEAST_CITUS:
        raise CannotStart(
            f"This is Citus {version}; Genlyd needs {cluster.LEAST_CITUS} or newer. Install it on every machine, then:"
            " ALTER EXTENSION citus UPDATE;"
        )
    if not cluster.is_coordinator():
        raise CannotStart(
            "DATABASE_URL leads to a worker of the cluster. Let it lead to the coordinator, for every part of Genlyd."
        )
    if missing := cluster.missing():
        raise CannotStart(f"There is no table {missing[0]} yet. Run `genlyd migrate` first.")
    if lost := cluster.cut_off():
        raise CannotStart(
            f"The machines of the cluster do not all reach each other: {'; '.join(lost)}."
            " Mend that (addresses, pg_hba.conf, ~/.pgpass of the database's user), then run this again."
        )
    if not args.back:
        _check_workers(args)


def _without_extension(args: argparse.Namespace) -> None:
    if not cluster.could_have_extension():
        raise CannotStart(
            "This PostgreSQL has no Citus, and needs none: everything Genlyd does runs on a plain one, and that is "
            f"enough for very many clicks. When it no longer is: {READ}"
        )
    if args.dry_run or args.back:
        raise CannotStart("Citus is installed here, but not in this database yet: CREATE EXTENSION citus;")
    try:
        ask("CREATE EXTENSION IF NOT EXISTS citus")
    except DatabaseError as error:
        raise CannotStart(
            f"Citus is installed here, but not in this database: {str(error).strip()}\n"
            "Let a superuser run in it: CREATE EXTENSION citus;"
            " (shared_preload_libraries = 'citus' has to stand in postgresql.conf.)"
        ) from error


def _check_workers(args: argparse.Namespace) -> None:
    takers = [node for node in cluster.nodes() if node.takes_shards]
    if [node for node in takers if not node.coordinates] or args.one_machine:
        return
    raise CannotStart(
        "No other machine takes part yet. On each: make a database of the same name and run in it CREATE EXTENSION"
        " citus; then here, in psql:\n"
        "  SELECT citus_set_coordinator_host('this machine', 5432);\n"
        "  SELECT citus_add_node('the other machine', 5432);\n"
        f"Or try it out on this one with --one-machine. {READ}"
    )


def _todo(args: argparse.Namespace) -> list[Table]:
    found = cluster.tables()
    if args.back:
        return [table for table in found if table.distributed]
    groups = {table.group for table in found if table.distributed}
    if len(groups) > 1:
        raise CannotStart(
            "Some of the tables were distributed by hand, and do not lie beside each other. Bring them back with"
            " `genlyd distribute --back`, then run this again."
        )
    return [table for table in found if not table.distributed or table.left_behind]


def _say(args: argparse.Namespace, todo: list[Table]) -> None:
    where = ", ".join(str(node) for node in cluster.nodes() if node.takes_shards) or "this machine"
    if not todo:
        print(
            "Everything lies on one machine already." if args.back else f"All of it lies on {where} already."
        )
        return
    target = "back to the coordinator" if args.back else f"to {where}"
    print(f"These tables would move {target}:" if args.dry_run else f"These tables move {target}:")
    for table in todo:
        only = "  (only the copy that was left behind is removed)" if _only_tidy(args, table) else ""
        print(f"  {table.name:<24}{table.rows:>16,} rows  {table.size / 1e9:>8.2f} GB{only}")
    rows = sum(table.rows for table in todo if not _only_tidy(args, table))
    minutes = rows / (PACE_BACK if args.back else PACE) / 60
    room = sum(table.size for table in todo) / 1e9
    print(
        f"It takes about {minutes:.0f} minutes, most likely less."
        if minutes >= 1
        else "It takes a minute at most."
    )
    print(
        f"{'The coordinator needs' if args.back else 'The others together need'} {room:.1f} GB of room.\n"
        "Short links go on working. While links_arrival moves, clicks wait in the spool of their redirect node; while\n"
        "another table moves, clicks arrive but are not counted yet.\n"
        "It may be broken off at any time; run it again to go on."
    )


def _only_tidy(args: argparse.Namespace, table: Table) -> bool:
    return table.distributed and not args.back


def _ask_first(args: argparse.Namespace) -> None:
    if args.yes:
        return
    if not sys.stdin.isatty():
        raise CannotStart("Nobody can be asked here. Say --yes if it may begin.")
    if input("Begin? [y/N] ").strip().lower() not in {"y", "yes"}:
        raise CannotStart("Nothing was changed.")


def _take_turn() -> None:
    if not ask("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])[0][0]:
        raise CannotStart(
            "`genlyd migrate` or another `genlyd distribute` is at work. Try again when it is done."
        )


def _one(args: argparse.Namespace, table: Table) -> None:
    started = time.monotonic()
    if args.back:
        rows = moves.bring_back(table.name)
    elif table.distributed:
        rows = table.rows
    else:
        anchor = next((other.name for other in cluster.tables() if other.distributed), None)
        rows = moves.distribute(table.name, beside=anchor, shards=args.shards)
    if not args.back:
        moves.drop_left_behind(table.name)
    moves.learn(table.name)
    print(f"{table.name}: {rows:,} rows, {time.monotonic() - started:.1f} s", flush=True)


def _broke_off(error: Exception) -> str:
    words = str(error).strip()
    mend = (
        "The table was in use for too long: wait for, or end, long queries and backups"
        if "lock timeout" in words
        else "Mend that"
    )
    return (
        f"{words}\nWhat is listed above is done, this table is as it was. {mend}, then run the same command again to"
        " go on."
    )


def _next(*, back: bool) -> str:
    if back:
        return "All of it lies on the coordinator again. Workers may be taken out with citus_remove_node."
    return (
        "Done. Nothing else changes: DATABASE_URL stays, for every part of Genlyd. A machine that joins later gets its"
        " share with: SELECT citus_rebalance_start();"
    )
