from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from genlyd.base.facts import record
from genlyd.base.ids import uuid7
from genlyd.links.domain import verdict as rules
from genlyd.links.domain.sums import Totals
from genlyd.links.facts import DaysRecounted
from genlyd.links.ingest import add, claim, facts, known, store, wire
from genlyd.links.ingest.claim import Arrived
from genlyd.links.ingest.judge import Judge, Seen

#: Clicks judged in one transaction.
MOST = 10_000
#: A click is judged after this long: the share's own "published" may be noted a moment after its first hits.
SETTLE = rules.SOON + timedelta(seconds=1)

#: Visitor -> what arrived of them, by day.
Days = dict[date, defaultdict[bytes, list[Arrived]]]


def judge(*, now: datetime, most: int = MOST) -> int:
    """A batch of each organisation. Returns how many clicks; 0: nothing waits that another worker has not got."""
    return sum(
        judge_organisation(organisation_id, now=now, most=most)
        for organisation_id in claim.organisations(now - SETTLE)
    )


def judge_organisation(organisation_id: int, *, now: datetime, most: int = MOST) -> int:
    """Up to `most` clicks of one organisation, in one transaction with their sums."""
    with transaction.atomic(), uncollected():
        if not claim.lock(organisation_id):
            return 0
        arrived = claim.arrivals(organisation_id, now - SETTLE, most)
        if not arrived:
            return 0
        seen = _look(organisation_id, arrived)
        with wire.together() as answers:
            batch = uuid7()
            stored = store.insert(organisation_id, batch, seen.new)
            totals = seen.sums.totals()  # while the database works
            answers.sync()
            if stored.rowcount < len(seen.new):
                totals = _without_known(organisation_id, batch, seen)
            if stored.rowcount:
                store.note(organisation_id, batch, seen.new, stored.rowcount, now)
            store.change(organisation_id, seen.changed)
            add.add(organisation_id, totals)
            store.clear(organisation_id, arrived)
        oldest = min(click.at for click in arrived).date()
        if oldest < now.date() - timedelta(days=1):  # yesterday is read again every night
            record(DaysRecounted(organisation_id=organisation_id, since=oldest.isoformat()))
        transaction.on_commit(lambda: _remember(organisation_id, seen))
    return len(arrived)


def _look(organisation_id: int, arrived: list[Arrived]) -> Seen:
    days: Days = {}
    for click in arrived:
        day = click.at.date()
        if day not in days:
            days[day] = defaultdict(list)
        days[day][click.visitor].append(click)
    behind: list[tuple[date, list[Arrived]]] = []
    earlier: dict[date, dict[bytes, list[known.Known]]] = {}
    for day, visitors in days.items():
        for visitor, clicks in list(visitors.items()):
            last = known.FLOODS.last((organisation_id, day, visitor))
            if last is not None and min(click.at for click in clicks) > last:
                behind.append((day, visitors.pop(visitor)))
        earlier[day] = known.of_day(organisation_id, day, visitors) if visitors else {}
    links = {click.link_id for click in arrived}
    links.update(click.link_id for found in earlier.values() for clicks in found.values() for click in clicks)
    judge = Judge(
        facts.of_links(organisation_id, links),
        facts.own_visitors(organisation_id, {click.visitor for click in arrived}),
    )
    for day, visitors in days.items():
        for visitor, clicks in visitors.items():
            judge.visitor(day, clicks, earlier[day].get(visitor, ()))
    for day, clicks in behind:
        judge.behind(day, clicks)
    return judge.seen


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles among the thousands of tuples of a batch, which have none: it takes a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _without_known(organisation_id: int, batch: UUID, seen: Seen) -> Totals:
    """Clicks may have been counted before and not read again, as they lie behind a visitor's first MOST_PER_DAY."""
    inserted = store.of_batch(organisation_id, batch, seen.new)
    for click, judged in seen.new:
        if click.id not in inserted:
            seen.sums.count(click.link_id, click.at.date(), judged, click.country, -1)
    return seen.sums.totals()


def _remember(organisation_id: int, seen: Seen) -> None:
    for (day, visitor), last in seen.floods.items():
        known.FLOODS.note((organisation_id, day, visitor), last)
