"""One organisation's turn, in steps: each ends where the database has been asked and its answer is needed next.

So several organisations can go step by step together, and their worker waits once where it would wait for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from genlyd.base.facts import record
from genlyd.base.ids import uuid7
from genlyd.links.facts import DaysRecounted
from genlyd.links.ingest import add, claim, facts, known, store
from genlyd.links.ingest.claim import Arrived
from genlyd.links.ingest.judge import Judge, Seen

#: Visitor -> what arrived of them, by day.
Days = dict[date, defaultdict[bytes, list[Arrived]]]


class CountedBefore(Exception):
    """The key dropped clicks that came again and were not read: they lie behind a visitor's first MOST_PER_DAY, or
    under a key that the visitor no longer has. Nothing may be added for them.
    """


@dataclass
class Turn:
    """Up to `most` of the clicks that came `until` then: `steps`, then, when all is answered, `end`.

    All in one transaction, which may be others' too.
    """

    organisation_id: int
    now: datetime
    until: datetime
    most: int
    #: The history is asked first which of them it has.
    some_counted_before: bool = False
    _arrived: list[Arrived] = field(default_factory=list, init=False)
    _seen: Seen | None = field(default=None, init=False)
    _stored: Any = field(default=None, init=False)

    def steps(self) -> Iterator[None]:
        mine = self.organisation_id
        self._arrived = arrived = yield from claim.arrivals(mine, self.until, self.most)
        if not arrived:
            return
        fresh = store.without_counted(mine, arrived) if self.some_counted_before else arrived
        self._seen = seen = yield from _look(mine, fresh)
        batch = uuid7()
        self._stored = store.insert(mine, batch, seen.new)
        if seen.new:
            store.note(mine, batch, seen.new, self.now)
        store.change(mine, seen.changed)
        add.add(mine, seen.sums.totals())
        store.clear(mine, arrived)

    def end(self) -> int:
        """How many clicks. Raises CountedBefore."""
        if self._seen is None:
            return 0
        mine, seen = self.organisation_id, self._seen
        if self._stored.rowcount != len(seen.new):
            raise CountedBefore
        oldest = min(click.at for click in self._arrived).date()
        if oldest < self.now.date() - timedelta(days=1):  # yesterday is read again every night
            record(DaysRecounted(organisation_id=mine, since=oldest.isoformat()))
        transaction.on_commit(lambda: _remember(mine, seen))
        return len(self._arrived)


def _look(organisation_id: int, arrived: list[Arrived]) -> Generator[None, None, Seen]:
    days: Days = {}
    for click in arrived:
        day = click.at.date()
        if day not in days:
            days[day] = defaultdict(list)
        days[day][click.visitor].append(click)
    behind = _set_apart_floods(organisation_id, days)
    asked = {day: known.of_day(organisation_id, day, visitors) for day, visitors in days.items() if visitors}
    own = facts.own_visitors(organisation_id, {click.visitor for click in arrived})
    asked_links = facts.of_links(organisation_id, {click.link_id for click in arrived})
    yield
    earlier = {day: known.by_visitor(found) for day, found in asked.items()}
    links = facts.by_link(asked_links)
    missing = {
        click.link_id for day in earlier.values() for clicks in day.values() for click in clicks
    } - links.keys()
    if missing:
        asked_links = facts.of_links(organisation_id, missing)
        yield
        links.update(facts.by_link(asked_links))
    judge = Judge(links, dict(own.fetchall()))
    for day, visitors in days.items():
        for visitor, clicks in visitors.items():
            judge.visitor(day, clicks, earlier[day].get(visitor, ()))
    for day, clicks in behind:
        judge.behind(day, clicks)
    return judge.seen


def _set_apart_floods(organisation_id: int, days: Days) -> list[tuple[date, list[Arrived]]]:
    """Takes out what lies behind a visitor's first MOST_PER_DAY."""
    behind = []
    for day, visitors in days.items():
        for visitor, clicks in list(visitors.items()):
            last = known.FLOODS.last((organisation_id, day, visitor))
            if last is not None and min(click.at for click in clicks) > last:
                behind.append((day, visitors.pop(visitor)))
    return behind


def _remember(organisation_id: int, seen: Seen) -> None:
    for (day, visitor), last in seen.floods.items():
        known.FLOODS.note((organisation_id, day, visitor), last)
