"""Arrivals become clicks, from table to table: only what was found about them travels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from genlyd.links.domain.browsers import names_of
from genlyd.links.domain.judge import Judged
from genlyd.links.domain.verdict import RULES_VERSION
from genlyd.links.ingest import wire
from genlyd.links.ingest.claim import Arrived
from genlyd.links.ingest.known import Known

_CAME = (
    "organisation_id, id, link_id, at, visitor, method, referrer_host, prefetch, private, country, datacentre"
)
_INSERT = f"""
INSERT INTO links_click ({_CAME}, user_agent, verdict, is_first, first_today, rules, batch_id)
SELECT {", ".join(f"a.{name.strip()}" for name in _CAME.split(","))},
    coalesce(j.user_agent, a.user_agent), j.verdict, j.is_first, j.first_today, %s, %s
FROM links_arrival a JOIN unnest(%s::uuid[], %s::text[], %s::boolean[], %s::boolean[], %s::text[])
    AS j (id, verdict, is_first, first_today, user_agent) ON j.id = a.id
WHERE a.organisation_id = %s
ON CONFLICT DO NOTHING
"""  # noqa: S608
_CHANGE = """
UPDATE links_click AS c SET verdict = j.verdict, is_first = j.is_first, first_today = j.first_today, rules = %s
FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::boolean[], %s::boolean[])
    AS j (id, at, verdict, is_first, first_today)
WHERE c.organisation_id = %s AND c.id = j.id AND c.at = j.at AND c.at BETWEEN %s AND %s
"""
_BATCH = """
INSERT INTO links_batch (organisation_id, id, counted_at, clicks, oldest_at, newest_at, rules)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def insert(organisation_id: int, batch: UUID, new: Sequence[tuple[Arrived, Judged]]) -> int:
    """How many were really new: the key drops what was counted before."""
    return wire.changed(
        _INSERT,
        [
            RULES_VERSION,
            batch,
            [click.id for click, _found in new],
            [found.verdict for _click, found in new],
            [found.is_first for _click, found in new],
            [found.first_today for _click, found in new],
            [names_of(click.user_agent) if click.private else None for click, _found in new],
            organisation_id,
        ],
    )


def of_batch(organisation_id: int, batch: UUID, new: Sequence[tuple[Arrived, Judged]]) -> set[UUID]:
    """Which of them this batch inserted."""
    times = [click.at for click, _found in new]
    rows = wire.rows(
        "SELECT id FROM links_click WHERE organisation_id = %s AND id = ANY(%s) AND at BETWEEN %s AND %s"
        " AND batch_id = %s",
        [organisation_id, [click.id for click, _found in new], min(times), max(times), batch],
    )
    return {row[0] for row in rows}


def change(organisation_id: int, changed: Sequence[tuple[Known, Judged]]) -> int:
    if not changed:
        return 0
    times = [click.at for click, _found in changed]
    return wire.changed(
        _CHANGE,
        [
            RULES_VERSION,
            [click.id for click, _found in changed],
            times,
            [found.verdict for _click, found in changed],
            [found.is_first for _click, found in changed],
            [found.first_today for _click, found in changed],
            organisation_id,
            min(times),
            max(times),
        ],
    )


def note(organisation_id: int, batch: UUID, clicks: int, times: Sequence[datetime], now: datetime) -> None:
    wire.changed(_BATCH, [organisation_id, batch, now, clicks, min(times), max(times), RULES_VERSION])


def clear(organisation_id: int, arrived: Sequence[Arrived]) -> int:
    return wire.changed(
        "DELETE FROM links_arrival WHERE organisation_id = %s AND id = ANY(%s)",
        [organisation_id, [click.id for click in arrived]],
    )
