"""How often: so many shares per person and calendar week, planned ones included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Verdict:
    #: Other shares in the week of the new one.
    count: int
    per_week: int
    #: The Monday of the next week that has room.
    next_free: date

    @property
    def too_often(self) -> bool:
        return self.count >= self.per_week


def monday(moment: datetime, zone: ZoneInfo) -> date:
    """The first day of the moment's week, on the organisation's own calendar."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def judge(history: Iterable[datetime], when: datetime, *, per_week: int, zone: ZoneInfo) -> Verdict:
    """`history` holds the person's other shares, done and planned; times are aware."""
    weeks: dict[date, int] = {}
    for moment in history:
        week = monday(moment, zone)
        weeks[week] = weeks.get(week, 0) + 1
    this = monday(when, zone)
    free = this + timedelta(weeks=1)
    while weeks.get(free, 0) >= per_week:
        free += timedelta(weeks=1)
    return Verdict(weeks.get(this, 0), per_week, free)
