from __future__ import annotations

import gc
from collections import defaultdict, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from genlyd.base.facts import record
from genlyd.base.ids import uuid7
from genlyd.links.domain import verdict as rules
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


def judge(*, now: datetime, most: int = MOST, at_once: int = 1) -> int:
    """A batch of each organisation. Returns how many clicks; 0: nothing waits that another worker has not got.

    `at_once`: organisations at a time, each in a thread and on a connection of its own, so that one is thought about
    while the database writes another's.
    """
    waiting = deque(claim.organisations(now - SETTLE))

    def work_off() -> int:
        done = 0
        while True:
            try:
                organisation_id = waiting.popleft()
            except IndexError:  # others took the rest
                return done
            done += judge_organisation(organisation_id, now=now, most=most)

    def on_its_own() -> int:
        try:
            return work_off()
        finally:
            connection.close()

    if at_once == 1 or len(waiting) < 2:  # noqa: PLR2004
        return work_off()
    with ThreadPoolExecutor(at_once, "ingest") as threads:
        return sum(done.result() for done in [threads.submit(on_its_own) for _ in range(at_once)])


def judge_organisation(organisation_id: int, *, now: datetime, most: int = MOST) -> int:
    """Up to `most` clicks of one organisation, in one transaction with their sums."""
    try:
        return _judge(organisation_id, now, most)
    except CountedBefore:
        return _judge(organisation_id, now, most, some_counted_before=True)


class CountedBefore(Exception):
    """The key dropped clicks that came again and were not read: they lie behind a visitor's first MOST_PER_DAY, or
    under a key that the visitor no longer has. Nothing may be added for them.
    """


def _judge(organisation_id: int, now: datetime, most: int, *, some_counted_before: bool = False) -> int:
    with transaction.atomic(), uncollected():
        with wire.together() as answers:
            # Nobody waits for this commit. Should it be lost with the power, the arrivals are back as they were.
            wire.send("SET LOCAL synchronous_commit = off")
            arrived = claim.arrivals(organisation_id, now - SETTLE, most)
            if not arrived:
                return 0
            fresh = store.without_counted(organisation_id, arrived) if some_counted_before else arrived
            seen = _look(organisation_id, fresh)
            batch = uuid7()
            stored = store.insert(organisation_id, batch, seen.new)
            if seen.new:
                store.note(organisation_id, batch, seen.new, now)
            store.change(organisation_id, seen.changed)
            add.add(organisation_id, seen.sums.totals())
            store.clear(organisation_id, arrived)
            answers.sync()
            if stored.rowcount != len(seen.new):
                raise CountedBefore
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
    behind = _set_apart_floods(organisation_id, days)
    asked = {day: known.of_day(organisation_id, day, visitors) for day, visitors in days.items() if visitors}
    own = facts.own_visitors(organisation_id, {click.visitor for click in arrived})
    links = facts.of_links(organisation_id, {click.link_id for click in arrived})
    earlier = {day: known.by_visitor(found) for day, found in asked.items()}
    missing = {
        click.link_id for day in earlier.values() for clicks in day.values() for click in clicks
    } - links.keys()
    if missing:
        links.update(facts.of_links(organisation_id, missing))
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


def _remember(organisation_id: int, seen: Seen) -> None:
    for (day, visitor), last in seen.floods.items():
        known.FLOODS.note((organisation_id, day, visitor), last)
