"""From raw counts to a reading. No queries here: measurement/queries fills a Counts, this does the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from genlyd.measurement.domain.dictionary import ESTIMATED, MEASURED, REPORTED, Definition
from genlyd.measurement.domain.privacy import LEAST


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
class Known:
    """For how many shares a figure is known, of how many people, and for how many of them somebody has told it."""

    shares: int = 0
    people: int = 0
    reported: int = 0


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
    followed: Known = Known()
    follower_sum: int = 0
    unique_follower_sum: int = 0
    #: Days from invitation (or seat) to first share, of those who have shared.
    first_share_after: tuple[float, ...] = ()
    # What networks and people have told: sums over the shares of which all of it is known.
    engaged: Known = Known()
    reactions: int = 0
    seen: Known = Known()
    impression_sum: int = 0
    reached: Known = Known()
    reached_sum: int = 0
    passed_on: Known = Known()
    reshares: int = 0
    engaged_seen: Known = Known()
    reactions_of_seen: int = 0
    impressions_of_engaged: int = 0
    engaged_followed: Known = Known()
    reactions_of_followed: int = 0
    followers_of_engaged: int = 0
    linked_seen: Known = Known()
    visits_of_seen: int = 0
    impressions_of_linked: int = 0

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
        return self.follower_sum if self.followed.shares or not self.shares else None

    @property
    def unique_followers(self) -> int | None:
        return self.unique_follower_sum if self.followed.shares or not self.shares else None

    @property
    def impressions(self) -> int | None:
        return self.impression_sum if self.seen.shares else None

    @property
    def people_reached(self) -> int | None:
        return self.reached_sum if self.reached.shares else None

    @property
    def shares_with_reactions(self) -> int:
        return self.engaged.shares

    @property
    def shares_with_reshares(self) -> int:
        return self.passed_on.shares


@dataclass(frozen=True, slots=True)
class Value:
    """A reading before it is stored: None is missing. Where figures may be missing: `known` of `total` shares."""

    value: float | None
    numerator: float | None
    denominator: float | None
    known: int | None = None
    total: int | None = None


def read(definition: Definition, counts: Counts) -> Value:
    """Missing if a count is unknown, with nothing to divide by yet, or if it would be few people's own figures."""
    if not definition.basis:
        return _read(definition, counts)
    basis = _basis(definition, counts)
    if 0 < basis.people < LEAST:
        return Value(None, None, None, basis.shares, counts.shares)
    value = _read(definition, counts)
    return Value(value.value, value.numerator, value.denominator, basis.shares, counts.shares)


def quality(definition: Definition, counts: Counts) -> str:
    """As good as the weakest figure in it."""
    if not definition.basis or definition.quality == ESTIMATED:
        return definition.quality
    return REPORTED if _basis(definition, counts).reported else MEASURED


def _basis(definition: Definition, counts: Counts) -> Known:
    found: Known = getattr(counts, definition.basis)
    return found


def _read(definition: Definition, counts: Counts) -> Value:
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
