"""Months of clicks as partitions: made ahead, and dropped when they have been kept long enough.

Everything here is PostgreSQL's own (partitioned tables by range); on Citus the same statements reach every node.
A month's name says which: links_click_2026_11. What fits no month waits in the DEFAULT partition and is moved when
its month is made, so that no click was ever refused for its date.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime

from django.db import connection, transaction

from genlyd.base import clock

log = logging.getLogger("genlyd.links")

#: Months made beyond the current one; the one before is made too, for clicks that come late.
AHEAD = 3
DEFAULT = "links_click_default"
_NAME = re.compile(r"links_click_(\d{4})_(\d{2})")


def shifted(month: date, by: int) -> date:
    """The first day of the month `by` months later."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def name_of(month: date) -> str:
    return f"links_click_{month:%Y_%m}"


def known() -> list[date]:
    """The months that have a partition, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part.relname FROM pg_inherits JOIN pg_class part ON part.oid = inhrelid"
            " WHERE inhparent = 'links_click'::regclass"
        )
        found = [_NAME.fullmatch(row[0]) for row in cursor.fetchall()]
    return sorted(date(int(match[1]), int(match[2]), 1) for match in found if match)


def keep(today: date, months: int) -> None:
    """What the nightly job does. `months`: as GENLYD_CLICKS_KEPT_MONTHS, 0 for ever. What was counted stays."""
    for month in make_ahead(today):
        log.info("Clicks of %s have a partition of their own.", f"{month:%Y-%m}")
    if not months:
        return
    for month in drop_before(shifted(today, -months)):
        log.info("Clicks of %s were kept for %d months and are dropped.", f"{month:%Y-%m}", months)


def make_ahead(today: date | None = None) -> list[date]:
    """Make the months around today that are missing, and those whose clicks wait in DEFAULT. Returns what was made."""
    today = today or clock.now().date()
    wanted = {shifted(today, by) for by in range(-1, AHEAD + 1)} | set(_waiting())
    made = sorted(wanted - set(known()))
    for month in made:
        _make(month)
    return made


def drop_before(first: date) -> list[date]:
    """Drop the months before `first` (a first of a month), and what DEFAULT holds of them. Returns the months."""
    old = [month for month in known() if month < first]
    with connection.cursor() as cursor:
        for month in old:
            cursor.execute(f"DROP TABLE {name_of(month)}")
        cursor.execute(f"DELETE FROM {DEFAULT} WHERE at < %s", [_moment(first)])  # noqa: S608
    return old


def _waiting() -> list[date]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT date_trunc('month', at, 'UTC') FROM {DEFAULT}"  # noqa: S608
        )
        return [row[0].astimezone(UTC).date() for row in cursor.fetchall()]


def _make(month: date) -> None:
    """One month. What DEFAULT holds of it moves there; ingest waits meanwhile, redirects do not."""
    name, bounds = name_of(month), [_moment(month), _moment(shifted(month, 1))]
    within = "at >= %s AND at < %s"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE links_click IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {DEFAULT} WHERE {within})", bounds)  # noqa: S608
        [moves] = cursor.fetchone()
        if not moves:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF links_click FOR VALUES FROM (%s) TO (%s)",
                bounds,
            )
            return
        cursor.execute(f"ALTER TABLE links_click DETACH PARTITION {DEFAULT}")
        cursor.execute(f"CREATE TABLE {name} PARTITION OF links_click FOR VALUES FROM (%s) TO (%s)", bounds)
        cursor.execute(
            f"INSERT INTO links_click SELECT * FROM {DEFAULT} WHERE {within}",  # noqa: S608
            bounds,
        )
        cursor.execute(f"DELETE FROM {DEFAULT} WHERE {within}", bounds)  # noqa: S608
        cursor.execute(f"ALTER TABLE links_click ATTACH PARTITION {DEFAULT} DEFAULT")


def _moment(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=UTC)
