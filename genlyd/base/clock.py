"""The one way to ask what time it is. Domain code never asks: it is told."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone


def now() -> datetime:
    """Aware, in UTC."""
    return timezone.now()


#: Seconds for which an answer of the database is carried on by counting, before it is asked again.
FRESH = 1.0
# CLOCK_BOOTTIME is never set, and goes on while the machine sleeps (Linux; elsewhere sleep may cost a second's trust).
_counter = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
#: (the database's time, this machine's count then). One pair, replaced as a whole: threads read it unguarded.
_answer: tuple[datetime, float] | None = None


def agreed() -> datetime:
    """The database's time: the same for all machines, however wrong their own clocks are. For leases and pauses."""
    global _answer  # noqa: PLW0603
    count = time.clock_gettime(_counter)
    answer = _answer
    if answer is None or not 0 <= count - answer[1] < FRESH:
        with connection.cursor() as cursor:
            cursor.execute("select clock_timestamp()")
            (moment,) = cursor.fetchone()
        count = time.clock_gettime(_counter)
        _answer = answer = moment.astimezone(UTC), count
    return answer[0] + timedelta(seconds=count - answer[1])


def today(zone: str) -> date:
    """The calendar day where the organisation is."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()
