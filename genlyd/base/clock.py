"""The one way to ask what time it is. Domain code never asks: it is told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Aware, in UTC."""
    return timezone.now()


def today(zone: str) -> date:
    """The calendar day where the organisation is."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()
