"""When to try, look and ask again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Timing:
    #: A claim is held this long: longer than connecting plus the read time-out of any network.
    lease: timedelta = timedelta(seconds=150)
    #: With less than this left of the lease, a worker does not begin to send. A call that has begun is over by then.
    lease_margin: timedelta = timedelta(seconds=100)
    #: Before the looks at an unknown outcome; after the last one a person is asked.
    settle: tuple[timedelta, ...] = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))
    #: Before trying again what was proven not sent.
    back_off: tuple[timedelta, ...] = (
        timedelta(seconds=20),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(minutes=30),
        timedelta(hours=2),
    )
    #: Silence never becomes a second post: after this long without an answer we stop asking.
    ask_for: timedelta = timedelta(days=7)
    #: What could not go out for this long after its time waits for the person to say that it still should.
    late: timedelta = timedelta(hours=24)


NORMAL = Timing()


def back_off(tries: int, timing: Timing = NORMAL) -> timedelta | None:
    """How long to wait after the n-th try (from 1) that was proven not sent; None: enough."""
    return timing.back_off[tries - 1] if 1 <= tries <= len(timing.back_off) else None


def is_late(due_at: datetime, now: datetime, timing: Timing = NORMAL) -> bool:
    return now - due_at > timing.late


def after_lease(timing: Timing = NORMAL) -> timedelta:
    """How long to wait before looking when a lease ran out: a clock set forward ends leases while calls still run."""
    return max(timing.settle[0], timing.lease_margin)


def settle(looks: int, timing: Timing = NORMAL) -> timedelta | None:
    """How long to wait before the next look after `looks` looks that could not read; None: ask the person."""
    return timing.settle[looks] if 0 <= looks < len(timing.settle) else None
