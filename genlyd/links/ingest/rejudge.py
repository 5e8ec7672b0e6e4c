"""Judge again what is in the sums: after the rules have improved. One organisation's day at a time, beside ingest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db import transaction

from genlyd.base import clock
from genlyd.base.facts import record
from genlyd.links.facts import DaysRecounted
from genlyd.links.ingest import add, claim, facts, known, store, wire
from genlyd.links.ingest.judge import Judge
from genlyd.links.ingest.known import COLUMNS, ENOUGH, ON_DAY, Known
from genlyd.people.models import Organisation

#: Clicks in memory at a time, beside the sums of one day.
CHUNK = 20_000
#: Before every visitor key.
_FIRST = b""
_NIL = "00000000-0000-0000-0000-000000000000"


@dataclass
class Rejudged:
    clicks: int = 0
    #: (verdict before, verdict now) -> clicks; the same twice: only first or repeat has changed.
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)


def organisations() -> list[int]:
    return list(Organisation.objects.order_by("pk").values_list("pk", flat=True))


def days(organisation_id: int, since: date | None) -> list[date]:
    found = wire.rows(
        "SELECT day FROM links_daytotal WHERE organisation_id = %s AND day >= %s GROUP BY day",
        [organisation_id, since or date.min],
    )
    return sorted(row[0] for row in found)


def rejudge_day(organisation_id: int, day: date, *, dry_run: bool = False) -> Rejudged:
    """Verdicts and all sums by their differences, in one transaction. Doing it again changes nothing.

    Clicks that are no longer kept stay in the sums as they were counted; so do those of visitors who asked not to be
    followed, as what they were judged by is gone.
    """
    result = Rejudged()
    with transaction.atomic():
        claim.lock(organisation_id)
        links: dict[int, facts.Facts] = {}
        judge = Judge(links, {})
        for chunk in _chunks(organisation_id, day):
            result.clicks += len(chunk)
            missing = {click.link_id for click in chunk} - links.keys()
            links.update(facts.by_link(facts.of_links(organisation_id, missing)) if missing else {})
            judge.own.update(
                facts.own_visitors(organisation_id, {click.visitor for click in chunk}).fetchall()
            )
            _look(judge, day, chunk)
            for click, now in judge.seen.changed:
                result.changed[click.verdict, now.verdict] += 1
            if not dry_run:
                store.change(organisation_id, judge.seen.changed)
            judge.seen.changed.clear()
        if result.changed and not dry_run:
            add.add(organisation_id, judge.seen.sums.totals())
            if day < clock.now().date():
                record(DaysRecounted(organisation_id=organisation_id, since=day.isoformat()))
    return result


def _look(judge: Judge, day: date, chunk: list[Known]) -> None:
    for visitor, group in groupby(chunk, key=attrgetter("visitor")):
        clicks = list(group)
        if visitor != judge.flooding:
            judge.visitor(day, (), clicks[:ENOUGH])
            clicks = clicks[ENOUGH:]
        if clicks:
            judge.behind_known(day, clicks)


def _chunks(organisation_id: int, day: date) -> Iterator[list[Known]]:
    """The day's clicks by visitor and time; a visitor is never cut in two within the first ENOUGH clicks."""
    bounds = known.on_day(day)
    last: tuple[bytes, object, str] = (_FIRST, bounds[1], _NIL)
    held: list[Known] = []
    while True:
        found = wire.rows(
            f"SELECT {COLUMNS} FROM links_click AS c WHERE organisation_id = %s AND {ON_DAY}"  # noqa: S608
            " AND NOT private AND (visitor, at, id) > (%s, %s, %s::uuid) ORDER BY c.visitor, c.at, c.id LIMIT %s",
            [organisation_id, *bounds, *last, CHUNK],
        )
        clicks = held + list(map(Known._make, found))
        if len(found) < CHUNK:
            if clicks:
                yield clicks
            return
        newest = clicks[-1]
        last = (newest.visitor, newest.at, newest.id)
        cut = len(clicks)
        while cut and clicks[cut - 1].visitor == newest.visitor:
            cut -= 1
        if cut:
            yield clicks[:cut]
        held = clicks[cut:]
        if len(held) > ENOUGH:
            yield held
            held = []
