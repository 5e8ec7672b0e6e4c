"""Arrivals become clicks, from table to table: only what was found about them travels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from genlyd.links.domain.judge import Judged
from genlyd.links.domain.verdict import RULES_VERSION
from genlyd.links.ingest import wire
from genlyd.links.ingest.claim import Arrived
from genlyd.links.ingest.known import Known

_CAME = (
    "organisation_id", "id", "link_id", "at", "visitor", "method", "referrer_host", "prefetch", "private", "country",
    "datacentre",
)  # fmt: skip
# Of a visitor who asked not to be followed only the browser's names are kept: "Mozilla Gecko Firefox".
_AGENT = r"regexp_replace(regexp_replace(a.user_agent, '\([^()]*\)', '', 'g'), '/[^ ]* *', ' ', 'g')"
_INSERT = f"""
INSERT INTO links_click ({", ".join(_CAME)}, user_agent, verdict, is_first, first_today, rules, batch_id)
SELECT {", ".join(f"a.{name}" for name in _CAME)}, CASE WHEN a.private THEN {_AGENT} ELSE a.user_agent END,
    j.verdict, j.is_first, j.first_today, %s, %s
FROM links_arrival a JOIN unnest(%s::uuid[], %s::text[], %s::boolean[], %s::boolean[])
    AS j (id, verdict, is_first, first_today) ON j.id = a.id
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
Found = Sequence[tuple[Arrived | Known, Judged]]


def insert(organisation_id: int, batch: UUID, new: Sequence[tuple[Arrived, Judged]]) -> Any:
    """A cursor whose `rowcount` says how many were really new: the key drops what was counted before."""
    return wire.send(
        _INSERT,
        [
            RULES_VERSION,
            batch,
            wire.array(click.id for click, _judged in new),
            *_judgements(new),
            organisation_id,
        ],
    )


def without_counted(organisation_id: int, arrived: Sequence[Arrived]) -> list[Arrived]:
    """Those that are not in the history yet."""
    times = [click.at for click in arrived]
    rows = wire.rows(
        "SELECT id::text FROM links_click WHERE organisation_id = %s AND id = ANY(%s::uuid[]) AND at BETWEEN %s AND %s",
        [organisation_id, wire.array(click.id for click in arrived), min(times), max(times)],
    )
    counted = {row[0] for row in rows}
    return [click for click in arrived if click.id not in counted]


def change(organisation_id: int, changed: Sequence[tuple[Known, Judged]]) -> None:
    if not changed:
        return
    times = [click.at for click, _judged in changed]
    ids = wire.array(click.id for click, _judged in changed)
    wire.send(
        _CHANGE,
        [RULES_VERSION, ids, times, *_judgements(changed), organisation_id, min(times), max(times)],
    )


def note(organisation_id: int, batch: UUID, new: Sequence[tuple[Arrived, Judged]], now: datetime) -> None:
    times = [click.at for click, _judged in new]
    wire.send(_BATCH, [organisation_id, batch, now, len(new), min(times), max(times), RULES_VERSION])


def clear(organisation_id: int, arrived: Sequence[Arrived]) -> None:
    wire.send(
        "DELETE FROM links_arrival WHERE organisation_id = %s AND id = ANY(%s::uuid[])",
        [organisation_id, wire.array(click.id for click in arrived)],
    )


def _judgements(found: Found) -> tuple[str, str, str]:
    return (
        wire.words(judged.verdict for _click, judged in found),
        wire.bits(judged.is_first for _click, judged in found),
        wire.bits(judged.first_today for _click, judged in found),
    )
