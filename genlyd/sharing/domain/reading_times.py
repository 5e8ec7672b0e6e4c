"""When a post's figures are read: often while they move, ever more rarely, and at last not at all."""

from __future__ import annotations

from datetime import datetime, timedelta

#: After publishing. Most answers come on the first day; after a month hardly any do.
AFTER = (
    timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=2), timedelta(days=4),
    timedelta(days=7), timedelta(days=14), timedelta(days=30),
)  # fmt: skip
#: A last reading that fails is tried again for this long; then the post is left alone.
GRACE = timedelta(days=7)
SOONEST = timedelta(minutes=15)
LATEST = timedelta(hours=24)
#: A post that is said to be gone is looked at once more, this much later, before anybody is told.
GONE_AGAIN = timedelta(days=1)


def next_reading(published: datetime, now: datetime) -> datetime | None:
    """The first planned reading later than `now`; None when the last one is over. A missed one stays missed."""
    return next((published + after for after in AFTER if published + after > now), None)


def back_off(failures: int, *, wait: timedelta | None = None) -> timedelta:
    """How long to leave alone what has failed so often in a row (from 1): doubling, and never shorter than asked."""
    pause = min(SOONEST * (1 << min(max(failures, 1) - 1, 10)), LATEST)
    return max(pause, wait or timedelta())


def retry_reading(
    published: datetime, now: datetime, failures: int, *, wait: timedelta | None = None
) -> datetime | None:
    """When to try again what could not be read; None once the post is too old to go on."""
    again = now + back_off(failures, wait=wait)
    return again if again <= published + AFTER[-1] + GRACE else None


def expired(now: datetime) -> datetime:
    """What was published before this is not read any more."""
    return now - AFTER[-1] - GRACE - GONE_AGAIN
