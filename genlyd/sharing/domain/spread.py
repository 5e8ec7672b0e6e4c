"""Posts of one story that many plan for the same minute: apart from each other, each at an instant of its own."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

#: A story that ends soon leaves this much before its end.
BEFORE_THE_END = timedelta(minutes=1)


def minute_of(when: datetime) -> tuple[datetime, datetime]:
    """The minute a person has named: from, and up to but not including."""
    begins = when.replace(second=0, microsecond=0)
    return begins, begins + timedelta(minutes=1)


def room(when: datetime, spread: timedelta, ends: datetime | None) -> timedelta:
    """How far the post may be moved: as the network needs it, but never past the story's end."""
    if ends is None:
        return spread
    return max(min(spread, ends - BEFORE_THE_END - when), timedelta(0))


def offset(key: str, within: timedelta) -> timedelta:
    """Whole seconds, at least one and at most `within`; the same for the same key in every process, for ever."""
    seconds = int(within.total_seconds())
    if seconds < 1:
        return timedelta(0)
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    return timedelta(seconds=1 + drawn % seconds)
