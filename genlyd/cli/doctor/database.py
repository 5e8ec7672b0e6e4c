from __future__ import annotations

import time
from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from genlyd.base.home import uses_embedded_database
from genlyd.cli.doctor.finding import Finding, bad, note, well

LEAST = 160000
FAR_OFF = 5.0
LONG_WAIT = 600


def _ask(query: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[object, ...] = cursor.fetchone()
        return row


def server() -> Iterator[Finding]:
    kind = "embedded" if uses_embedded_database() else "given by DATABASE_URL"
    try:
        version, encoding, fsync = _ask(
            "select current_setting('server_version_num')::int, current_setting('server_encoding'), "
            "current_setting('fsync')"
        )
    except DatabaseError as error:
        yield bad(
            "Database",
            f"({kind}) does not answer: {str(error).strip()}",
            "Check DATABASE_URL, or start `genlyd up`.",
        )
        return
    assert isinstance(version, int)
    if version < LEAST:
        yield bad(
            "Database", f"PostgreSQL {version // 10000} is too old", "Genlyd needs PostgreSQL 16 or newer."
        )
    elif encoding != "UTF8":
        yield bad(
            "Database",
            f"its encoding is {encoding}",
            "create database genlyd encoding 'UTF8' template template0",
        )
    elif fsync != "on":
        yield bad("Database", "fsync is off: a power cut may cost everything", "Set fsync = on.")
    else:
        yield well("Database", f"PostgreSQL {version // 10000}.{version % 10000} ({kind})")


def migrations() -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return  # said by `server`
    if waiting:
        yield bad(
            "Migrations", f"{len(waiting)} are waiting", "genlyd migrate (`genlyd up` does it by itself)"
        )
    else:
        yield well("Migrations", "all done")


def clock() -> Iterator[Finding]:
    before = time.time()
    try:
        (theirs,) = _ask("select extract(epoch from clock_timestamp())::float8")
    except DatabaseError:
        return
    assert isinstance(theirs, float)
    off = abs(theirs - (before + time.time()) / 2)
    if off > FAR_OFF:
        yield bad(
            "Clock", f"this machine and the database differ by {off:.0f} s", "Let both follow an NTP server."
        )
    else:
        yield well("Clock", "agrees with the database")


def worker() -> Iterator[Finding]:
    try:
        (seconds,) = _ask(
            "select extract(epoch from now() - max(last_heartbeat))::float8 from procrastinate_workers"
        )
    except DatabaseError:
        return
    if isinstance(seconds, float) and seconds < 60:  # noqa: PLR2004
        yield well("Worker", "at work")
    else:
        yield note(
            "Worker", "none is at work: no mail, no feeds, no publishing",
            "Start `genlyd up`, or `genlyd worker` on some machine.",
        )  # fmt: skip


def jobs() -> Iterator[Finding]:
    try:
        late, failed = _ask(
            "select coalesce(extract(epoch from now() - min(coalesce(scheduled_at, now())) "
            "filter (where status = 'todo')), 0)::float8, count(*) filter (where status = 'failed') "
            "from procrastinate_jobs"
        )
    except DatabaseError:
        return
    assert isinstance(late, float)
    if late > LONG_WAIT:
        yield note("Jobs", f"one has been waiting for {late / 60:.0f} minutes", "Start more workers.")
    if failed:
        yield note("Jobs", f"{failed} failed for good", "The worker's log says why.")
    if not failed and late <= LONG_WAIT:
        yield well("Jobs", "none late, none failed")
