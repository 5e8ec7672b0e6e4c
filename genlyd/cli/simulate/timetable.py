"""The days of the history: periods, local midnights, and when stories come out."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from genlyd.cli.simulate.truths import Truths

#: How far into the future the running period reaches.
AHEAD = 24
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """One period: the last one is running, all before it are closed."""

    number: int
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """When a story is on offer (seconds since 1970) and how far it carries (a factor around 1)."""

    period: int
    published_at: float
    expires_at: float
    appeal: float


def periods(months: int, today: date) -> tuple[PeriodSpan, ...]:
    """Periods of about three months that end `AHEAD` days from today and begin `months` months ago."""
    first = today - timedelta(days=round(months * 30.44))
    days = (today - first).days + AHEAD
    count = max(1, round(months / 3))
    cuts = [first + timedelta(days=round(days * part / count)) for part in range(count + 1)]
    return tuple(
        PeriodSpan(number=number, starts_on=start, ends_on=end - timedelta(days=1))
        for number, (start, end) in enumerate(itertools.pairwise(cuts))
    )


def midnights(first: date, days: int, zone: str) -> np.ndarray:
    """Seconds since 1970 of each local midnight; clocks change, so this is no plain sum."""
    place = ZoneInfo(zone)
    return np.array(
        [datetime.combine(first + timedelta(days=day), time(), place).timestamp() for day in range(days)]
    )


def stories(
    truths: Truths, spans: tuple[PeriodSpan, ...], now: float, zone: str, rng: np.random.Generator
) -> tuple[StoryPlan, ...]:
    """Stories spread evenly over each period's weekdays, in the morning, the first on the period's first day."""
    made: list[StoryPlan] = []
    for span in spans:
        days = (span.ends_on - span.starts_on).days + 1
        count = max(4, math.ceil(days / 7 * truths.stories_per_week))
        starts = midnights(span.starts_on, days + 1, zone)
        for number in range(count):
            day = int(number * days / count)
            weekday = (span.starts_on + timedelta(days=day)).weekday()
            if weekday > 4 and number:  # noqa: PLR2004  # Saturday or Sunday
                day = max(0, day - (weekday - 4))
            at = starts[day] + 7.5 * 3600 + rng.uniform(0, 2.5) * 3600
            if at >= now:
                break
            made.append(
                StoryPlan(
                    period=span.number,
                    published_at=float(at),
                    expires_at=float(min(at + truths.story_days * DAY, starts[days])),
                    appeal=float(np.exp(rng.normal(0, truths.visits.story_sigma))),
                )
            )
    return tuple(made)
