from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from genlyd.links.domain import verdict as rules
from genlyd.links.ingest import claim, wire
from genlyd.links.ingest.turn import CountedBefore, Turn

#: Clicks of an organisation that are judged in one transaction.
MOST = 10_000
#: Organisations with few clicks share a transaction, as long as it has less than this.
ENOUGH_TOGETHER = 250
#: A click is judged after this long: the share's own "published" may be noted a moment after its first hits.
SETTLE = rules.SOON + timedelta(seconds=1)
#: Organisations that an error names.
MOST_TOLD = 10


def judge(*, now: datetime, most: int = MOST, at_once: int = 1) -> int:
    """A batch of each organisation. Returns how many clicks; 0: nothing waits that another worker has not got.

    Raises NotCounted when all is done that can be, and whatever the database raises when it is gone.

    `at_once`: transactions at a time, each in a thread and on a connection of its own, so that one is thought about
    while the database writes another's.
    """
    waiting = deque(bundles(claim.organisations(now - SETTLE)))
    troubles: dict[int, Exception] = {}

    def work_off() -> int:
        done = 0
        while True:
            try:
                bundle = waiting.popleft()
            except IndexError:  # others took the rest
                return done
            try:
                done += judge_bundle(bundle, now=now, most=most)
            except Exception as trouble:
                if wire.is_gone(trouble):
                    raise
                if len(bundle) > 1:  # whose trouble it is shows when each is by itself
                    waiting.extend([one] for one in bundle)
                else:  # one keeps its traceback: each holds on to all that was read for it
                    troubles[bundle[0]] = trouble.with_traceback(None) if troubles else trouble

    def on_its_own() -> int:
        try:
            return work_off()
        finally:
            connection.close()

    if at_once == 1 or len(waiting) < 2:  # noqa: PLR2004
        counted = work_off()
    else:
        with ThreadPoolExecutor(at_once, "ingest") as threads:
            counted = sum(done.result() for done in [threads.submit(on_its_own) for _ in range(at_once)])
    if troubles:
        raise NotCounted(counted, troubles)
    return counted


class NotCounted(Exception):
    """Clicks of some organisations wait, as something is wrong with them; all others' are counted."""

    def __init__(self, counted: int, troubles: Mapping[int, Exception]) -> None:
        told = [f"{organisation_id} ({trouble!r})" for organisation_id, trouble in sorted(troubles.items())]
        more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
        super().__init__(f"Clicks wait of organisation {', '.join(told[:MOST_TOLD])}{more}")
        self.counted = counted
        self.__cause__ = next(iter(troubles.values()))


def bundles(waiting: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Organisations that go together, of organisations with their clicks: the busiest by themselves, and first."""
    found: list[list[int]] = []
    clicks = ENOUGH_TOGETHER
    for organisation_id, its_clicks in sorted(waiting, key=lambda one: (-one[1], one[0])):
        if clicks >= ENOUGH_TOGETHER:
            found.append([])
            clicks = 0
        found[-1].append(organisation_id)
        clicks += its_clicks
    return found


def judge_bundle(organisations: Sequence[int], *, now: datetime, most: int = MOST) -> int:
    """Up to `most` clicks of each, in one transaction with their sums. All of it or nothing."""
    try:
        return _judge(organisations, now, most)
    except CountedBefore:
        if len(organisations) > 1:
            raise
        return _judge(organisations, now, most, some_counted_before=True)


def _judge(
    organisations: Sequence[int], now: datetime, most: int, *, some_counted_before: bool = False
) -> int:
    turns = [Turn(one, now, now - SETTLE, most, some_counted_before) for one in organisations]
    with transaction.atomic(), uncollected():
        with wire.together() as answers:
            # Nobody waits for this commit. Should it be lost with the power, the arrivals are back as they were.
            wire.send("SET LOCAL synchronous_commit = off")
            going = [turn.steps() for turn in turns]
            while going := [steps for steps in going if next(steps, _OVER) is not _OVER]:
                pass
            answers.sync()
        return sum(turn.end() for turn in turns)


_OVER = object()


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
