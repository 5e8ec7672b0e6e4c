"""The one way to ask what time it is. Domain code never asks: it is told."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone


def now() -> datetime:
    """Aware, in UTC."""
    return timezone.now()


def agreed() -> datetime:
    """The database's time: the same for all machines, however wrong their own clocks are. For leases and pauses."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment.astimezone(UTC)


def today(zone: str) -> date:
    """The calendar day where the organisation is."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()
