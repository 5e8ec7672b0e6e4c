"""From raw counts to a reading. No queries here: measurement/queries fills a Counts, this does the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from genlyd.measurement.domain.dictionary import Definition


@dataclass(frozen=True, slots=True)
class Span:
    """`people` who belonged from `first` on, until the day before `until` (None: still do)."""

    first: date
    until: date | None
    people: int


def daily_mean(spans: Iterable[Span], first: date, last: date) -> float | None:
    """D(R): the average of every day's headcount, both days included. None for no days."""
    days = (last - first).days + 1
    if days <= 0:
        return None
    total = 0
    for span in spans:
        begin = max(span.first, first)
        end = min(span.until or last + timedelta(days=1), last + timedelta(days=1))
        total += max(0, (end - begin).days) * span.people
    return total / days


def headcount(spans: Iterable[Span], day: date) -> int:
    """How many belonged at the end of that day."""
    return sum(
        span.people for span in spans if span.first <= day and (span.until is None or span.until > day)
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """Base counts of one period from its first day to the end of `day` (metrics.md 1). None is unknown, not nought."""

    first: date
    day: date
    eligible_spans: tuple[Span, ...] = ()
    registered_spans: tuple[Span, ...] = ()
    invited: int = 0
    accepted: int = 0
    onboarded: int = 0
    rules_current: int | None = None
    shares: int = 0
    active: int = 0
    linked_shares: int = 0
    visits: int = 0
    own_words: int = 0
    needs_disclosure: int = 0
    disclosed: int = 0
    stories: int = 0
    stories_shared: int = 0
    story_sharers: int = 0
    story_audience: int = 0
    followers_known: int = 0
    follower_sum: int = 0
    #: Days from invitation (or seat) to first share, of those who have shared.
    first_share_after: tuple[float, ...] = ()
    shares_with_reactions: int = 0
    reactions: int = 0
    shares_with_impressions: int = 0
    impression_sum: int = 0

    @property
    def eligible(self) -> int:
        return headcount(self.eligible_spans, self.day)

    @property
    def registered(self) -> int:
        return headcount(self.registered_spans, self.day)

    @property
    def registered_mean(self) -> float | None:
        return daily_mean(self.registered_spans, self.first, self.day)

    @property
    def first_share_days(self) -> float | None:
        return median(self.first_share_after) if self.first_share_after else None

    @property
    def followers(self) -> int | None:
        """Unknown as long as no account's followers are known; a team without any share has reached nobody."""
        return self.follower_sum if self.followers_known or not self.shares else None

    @property
    def impressions(self) -> int | None:
        return self.impression_sum if self.shares_with_impressions else None


@dataclass(frozen=True, slots=True)
class Value:
    """A reading before it is stored: None is missing."""

    value: float | None
    numerator: float | None
    denominator: float | None


def read(definition: Definition, counts: Counts) -> Value:
    """Missing if a count is unknown, or if there is nothing to divide by yet."""
    numerator = _number(counts, definition.numerator)
    if not definition.denominator:
        return Value(numerator, numerator, None)
    denominator = _number(counts, definition.denominator)
    if numerator is None or not denominator:
        return Value(None, numerator, denominator)
    return Value(numerator / denominator, numerator, denominator)


def _number(counts: Counts, name: str) -> float | None:
    value = getattr(counts, name)
    return None if value is None else float(value)
