"""A month as a Danish wall calendar shows it: weeks begin on Monday and have numbers (ISO 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True)
class Week:
    number: int
    days: tuple[date, ...]


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def key(self) -> str:
        """As it stands in the address: 2026-03."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def weeks(self) -> list[Week]:
        """Whole weeks, so that the first and last may hold days of the neighbours."""
        monday = self.first - timedelta(days=self.first.weekday())
        found = []
        while monday <= self.last:
            found.append(
                Week(monday.isocalendar().week, tuple(monday + timedelta(days=day) for day in range(7)))
            )
            monday += timedelta(days=7)
        return found


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def parse(key: str, today: date) -> Month:
    """The month of an address, or today's when it is none."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", key)
    if not match or not EARLIEST <= int(match[1]) <= LATEST or not 1 <= int(match[2]) <= 12:  # noqa: PLR2004
        return month_of(today)
    return Month(int(match[1]), int(match[2]))
