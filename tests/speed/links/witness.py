"""Whether the processors kept their speed: python -m tests.speed.links.witness PROCESSOR, until its input ends.

On a borrowed machine whose host slows it, arithmetic takes ten times as long for some hundredths of a second: no
server can answer then as it does otherwise. A witness on each processor does the same few additions all the time and
counts what they cost it, in processor time: being pushed aside by somebody else's work is not being slowed.
"""

from __future__ import annotations

import gc
import json
import os
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from tests.speed.links.pace import be_on_time, cut

#: Seconds between two looks, and additions in each: a hundredth of a millisecond of work.
PAUSE, ADDITIONS = 0.001, 150
#: Slowed is who takes so many times as long as usual; stopped is who, though before everybody else, comes so much late.
SLOWED, LATE = 2.5, 0.001
#: Seconds around it in which visitors are not asked how long they waited. By when they were due, never by how long it
#: took: who waits long for another reason would be left out more often.
MARGIN = 0.002

#: (when it ended, what it cost), both in seconds.
Look = tuple[float, float]


@dataclass
class Witness:
    """The moments in which a processor was slowed: (from, until) in seconds of `time.perf_counter`."""

    moments: list[tuple[float, float]] = field(default_factory=list)

    def hear(self, looks: list[Look]) -> None:
        usual = statistics.median([cost for _at, cost in looks] or [0.0])
        for (before, _), (at, cost), (after, _) in zip(looks, looks[1:], looks[2:], strict=False):
            if cost > SLOWED * usual or at - before > PAUSE + LATE:
                self.moments.append((before - MARGIN, after + MARGIN))

    def steady(self, visits: Iterable[tuple[float, float]]) -> dict[str, float]:
        """`visits`: when each was due, and how long it took. Milliseconds, and the part of them that was left out."""
        every = list(visits)
        kept = [took for due, took in every if not self.slowed_at(due)]
        left_out = round(1 - len(kept) / len(every), 4)
        judged = kept or [took for _due, took in every]
        return {"left_out": left_out, "steady_p50": cut(judged, 0.5), "steady_p99": cut(judged, 0.99)}

    def slowed_at(self, at: float) -> bool:
        return any(begin <= at <= end for begin, end in self.moments)


@contextmanager
def watching() -> Iterator[Witness]:
    """Knows the moments when the block is over."""
    witness = Witness()
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.speed.links.witness", str(processor)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for processor in sorted(os.sched_getaffinity(0))
    ]  # fmt: skip
    try:
        for program in programs:
            assert program.stdout
            assert program.stdout.readline() == "looking\n"
        yield witness
    finally:
        told = [program.communicate(timeout=60)[0] for program in programs]
    for looks in told:
        witness.hear(json.loads(looks))


def _add() -> None:
    number = 1
    for _addition in range(ADDITIONS):
        number = (number * 1_103_515_245 + 12_345) & 0xFFFF


def _look() -> Look:
    _add()  # what others left in the processor's memory is no slowness
    before = time.thread_time()
    _add()
    return time.perf_counter(), time.thread_time() - before


def _main(processor: int) -> Any:
    os.sched_setaffinity(0, {processor})
    be_on_time(priority=2)  # before short links as well: when it is late, that is the machine
    gc.disable()
    sys.stdout.write("looking\n")
    sys.stdout.flush()
    looks = []
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        looks.append(_look())
    json.dump(looks, sys.stdout)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        _main(int(sys.argv[1]))
