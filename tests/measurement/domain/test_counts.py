from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.measurement.domain.counts import Counts, Known, Span, Value, daily_mean, headcount, read
from genlyd.measurement.domain.dictionary import DICTIONARY, MOST, STARTERS, suggested_target

SIX = Known(6, 5)
FIRST = date(2026, 3, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_denominator_is_the_mean_of_every_day_not_todays_headcount() -> None:
    spans = [Span(day(-100), None, 10), Span(day(5), None, 10), Span(day(0), day(5), 4)]
    assert daily_mean(spans, day(0), day(9)) == 10 + 10 * 5 / 10 + 4 * 5 / 10
    assert headcount(spans, day(9)) == 20


@pytest.mark.parametrize(
    ("span", "mean"),
    [
        (Span(day(0), None, 1), 1.0),
        (Span(day(9), None, 1), 0.1),
        (Span(day(10), None, 1), 0.0),
        (Span(day(-5), day(0), 1), 0.0),
        (Span(day(-5), day(1), 1), 0.1),
        (Span(day(3), day(3), 1), 0.0),
    ],
)
def test_days_of_a_span_within_the_period(span: Span, mean: float) -> None:
    assert daily_mean([span], day(0), day(9)) == mean


def test_no_days_have_no_mean() -> None:
    assert daily_mean([Span(day(0), None, 1)], day(1), day(0)) is None


dates = st.integers(-20, 40).map(day)
spans = st.lists(
    st.builds(Span, dates, st.none() | dates, st.integers(1, 9)).filter(
        lambda s: s.until is None or s.until >= s.first
    ),
    max_size=8,
)


@given(spans, st.integers(0, 30))
def test_mean_is_the_average_of_the_days_headcounts(rows: list[Span], length: int) -> None:
    days = [day(n) for n in range(length + 1)]
    assert daily_mean(rows, days[0], days[-1]) == pytest.approx(
        sum(headcount(rows, d) for d in days) / len(days)
    )


def counts(**values: object) -> Counts:
    return Counts(first=FIRST, day=day(9), **values)  # type: ignore[arg-type]


THREE, FOUR = (Span(FIRST, None, 3),), (Span(FIRST, None, 4),)
LATER_FOUR = (Span(FIRST, None, 10), Span(day(5), None, 4))


@pytest.mark.parametrize(
    ("key", "given_counts", "expected"),
    [
        ("active_rate", {"active": 3, "registered_spans": LATER_FOUR}, Value(0.25, 3, 12)),
        ("adoption_rate", {"registered_spans": THREE, "eligible_spans": FOUR}, Value(0.75, 3, 4)),
        ("activation_rate", {"onboarded": 2, "registered_spans": FOUR}, Value(0.5, 2, 4)),
        ("invitation_acceptance", {"accepted": 1, "invited": 4}, Value(0.25, 1, 4)),
        ("rules_current", {"rules_current": 1, "registered_spans": FOUR}, Value(0.25, 1, 4)),
        ("time_to_first_share", {"first_share_after": (1.0, 9.0, 3.0)}, Value(3, 3, None)),
        ("shares", {"shares": 7}, Value(7, 7, None)),
        ("shares", {}, Value(0, 0, None)),
        ("shares_per_active", {"shares": 6, "active": 4}, Value(1.5, 6, 4)),
        ("visits", {"visits": 12}, Value(12, 12, None)),
        ("clicks_per_share", {"visits": 12, "linked_shares": 8}, Value(1.5, 12, 8)),
        ("own_words_rate", {"own_words": 3, "shares": 4}, Value(0.75, 3, 4)),
        ("disclosure_rate", {"disclosed": 3, "needs_disclosure": 4}, Value(0.75, 3, 4)),
        ("content_utilisation", {"stories_shared": 3, "stories": 4}, Value(0.75, 3, 4)),
        ("item_uptake", {"story_sharers": 3, "story_audience": 12}, Value(0.25, 3, 12)),
        ("potential_reach", {"shares": 8, "followed": SIX, "follower_sum": 900}, Value(900, 900, None, 6, 8)),
        ("unique_potential_reach", {"shares": 8, "followed": SIX, "unique_follower_sum": 9}, Value(9, 9, None, 6, 8)),
        ("reactions_per_share", {"shares": 8, "reactions": 9, "engaged": SIX}, Value(1.5, 9, 6, 6, 8)),
        ("impressions", {"shares": 8, "impression_sum": 90, "seen": SIX}, Value(90, 90, None, 6, 8)),
        ("members_reached", {"shares": 8, "reached_sum": 70, "reached": SIX}, Value(70, 70, None, 6, 8)),
        (
            "engagement_rate",
            {"shares": 8, "reactions_of_seen": 9, "impressions_of_engaged": 90, "engaged_seen": SIX},
            Value(0.1, 9, 90, 6, 8),
        ),
        (
            "engagement_rate_by_reach",
            {"shares": 8, "reactions_of_followed": 9, "followers_of_engaged": 90, "engaged_followed": SIX},
            Value(0.1, 9, 90, 6, 8),
        ),
        (
            "click_through_rate", {"shares": 8, "visits_of_seen": 9, "impressions_of_linked": 90, "linked_seen": SIX},
            Value(0.1, 9, 90, 6, 8),
        ),
        ("virality", {"shares": 8, "reshares": 9, "passed_on": SIX}, Value(1.5, 9, 6, 6, 8)),
    ],
)  # fmt: skip
def test_formula(key: str, given_counts: dict[str, object], expected: Value) -> None:
    assert read(DICTIONARY[key], counts(**given_counts)) == expected


def test_every_kpi_has_a_formula_test() -> None:
    [mark] = [mark for mark in test_formula.pytestmark if mark.name == "parametrize"]
    assert {case[0] for case in mark.args[1]} == set(DICTIONARY)


@pytest.mark.parametrize(
    "key", sorted(DICTIONARY.keys() - {"shares", "visits", "potential_reach", "unique_potential_reach"})
)
def test_nothing_to_divide_by_is_missing_never_nought(key: str) -> None:
    assert read(DICTIONARY[key], counts()).value is None


def test_unknown_followers_are_missing_never_nought() -> None:
    assert read(DICTIONARY["potential_reach"], counts(shares=3)).value is None
    assert read(DICTIONARY["potential_reach"], counts()).value == 0


@pytest.mark.parametrize("key", [key for key, definition in DICTIONARY.items() if definition.basis])
@given(people=st.integers(1, 4), shares=st.integers(1, 500))
def test_few_peoples_figures_are_never_shown(key: str, people: int, shares: int) -> None:
    everything = {
        field.name: 7
        for field in fields(Counts)
        if field.type == "int" and field.name not in {"first", "day"}
    }
    few = counts(**{**everything, "shares": shares, DICTIONARY[key].basis: Known(shares, people)})
    assert read(DICTIONARY[key], few) == Value(None, None, None, shares, shares)


def test_rules_without_a_guideline_are_missing() -> None:
    assert read(DICTIONARY["rules_current"], counts(registered_spans=FOUR)).value is None


def test_starter_sets_are_few_and_known() -> None:
    for keys in STARTERS.values():
        assert len(keys) <= MOST
        assert set(keys) <= set(DICTIONARY)


def test_suggested_counts_grow_with_the_team() -> None:
    assert suggested_target(DICTIONARY["visits"], 40) == 400
    assert suggested_target(DICTIONARY["visits"], 0) == 10
    assert suggested_target(DICTIONARY["own_words_rate"], 40) == 0.7
