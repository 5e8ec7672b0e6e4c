"""A period's days are those of its organisation's time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from genlyd.base import clock
from genlyd.programmes.models import Period


def end_of(period: Period, day: date) -> datetime:
    """The moment the day is over where the organisation is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(period.organisation.time_zone))


def day_to_read(period: Period) -> date:
    """Today, but never later than the period's last day."""
    return min(clock.today(period.organisation.time_zone), period.ends_on)
