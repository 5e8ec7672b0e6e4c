"""One organisation's turn, in steps: each ends where the database has been asked and its answer is needed next.

So several organisations can go step by step together, and their worker waits once where it would wait for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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


class Turn:
    """Up to `most` of the clicks that came `until` then: `steps`, and `end` when all is answered. In one transaction.

    `some_counted_before`: the history is asked first which of them it has.
    """

    def __init__(
        self,
        organisation_id: int,
        *,
        now: datetime,
        until: datetime,
        most: int,
        some_counted_before: bool = False,
    ) -> None:
        self._organisation_id = organisation_id
        self._now = now
        self._until = until
        self._most = most
        self._some_counted_before = some_counted_before
        self._arrived: list[Arrived] = []
        self._seen: Seen | None = None
        self._stored: Any = None

    def steps(self) -> Iterator[None]:
        mine = self._organisation_id
        claimed = claim.Claim(mine, self._until, self._most)
        yield
        arrived = self._arrived = claimed.arrivals()
        if not arrived:
            return
        look = Look(mine, store.without_counted(mine, arrived) if self._some_counted_before else arrived)
        yield
        if look.asked_for_more():
            yield
        self._seen = seen = look.seen()
        batch = uuid7()
        self._stored = store.insert(mine, batch, seen.new)
        if seen.new:
            store.note(mine, batch, seen.new, self._now)
        store.change(mine, seen.changed)
        add.add(mine, seen.sums.totals())
        store.clear(mine, arrived)

    def end(self) -> int:
        """How many clicks. Raises CountedBefore."""
        if self._seen is None:
            return 0
        mine, seen = self._organisation_id, self._seen
        if self._stored.rowcount != len(seen.new):
            raise CountedBefore
        oldest = min(click.at for click in self._arrived).date()
        if oldest < self._now.date() - timedelta(days=1):  # yesterday is read again every night
            record(DaysRecounted(organisation_id=mine, since=oldest.isoformat()))
        transaction.on_commit(lambda: _remember(mine, seen))
        return len(self._arrived)


class Look:
    """What is known of the visitors and links of what arrived: asked first, read when it is needed."""

    def __init__(self, organisation_id: int, arrived: list[Arrived]) -> None:
        self._organisation_id = organisation_id
        self._days: Days = {}
        for click in arrived:
            day = click.at.date()
            if day not in self._days:
                self._days[day] = defaultdict(list)
            self._days[day][click.visitor].append(click)
        self._behind = _set_apart_floods(organisation_id, self._days)
        self._earlier = {
            day: known.of_day(organisation_id, day, visitors)
            for day, visitors in self._days.items()
            if visitors
        }
        self._own = facts.own_visitors(organisation_id, {click.visitor for click in arrived})
        self._links = facts.of_links(organisation_id, {click.link_id for click in arrived})

    def asked_for_more(self) -> bool:
        """Reads the answers. Visitors may have been on links before that nobody asks for now: True if there are any."""
        self._known = {day: known.by_visitor(found) for day, found in self._earlier.items()}
        self._member_of = dict(self._own.fetchall())
        self._facts = facts.by_link(self._links)
        earlier = {
            click.link_id for day in self._known.values() for clicks in day.values() for click in clicks
        }
        self._more = (
            facts.of_links(self._organisation_id, missing)
            if (missing := earlier - self._facts.keys())
            else None
        )
        return self._more is not None

    def seen(self) -> Seen:
        if self._more is not None:
            self._facts.update(facts.by_link(self._more))
        judge = Judge(self._facts, self._member_of)
        for day, visitors in self._days.items():
            for visitor, clicks in visitors.items():
                judge.visitor(day, clicks, self._known[day].get(visitor, ()))
        for day, clicks in self._behind:
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
