"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EVERY = timedelta(minutes=30)
LONGEST = timedelta(hours=24)
SHORTEST = timedelta(minutes=5)


def next_poll(*, failures: int, retry_after: str, now: datetime) -> datetime:
    """After a success (`failures` 0) in half an hour; after failures ever later, up to a day.

    A site that names its own time (Retry-After: seconds or a date) is obeyed within five minutes and a day.
    """
    wait = min(EVERY * int(2 ** min(failures, 10)), LONGEST)
    asked = _seconds(retry_after, now)
    if asked is not None:
        wait = max(wait, min(max(asked, SHORTEST), LONGEST))
    return now + wait


def _seconds(retry_after: str, now: datetime) -> timedelta | None:
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**7))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
