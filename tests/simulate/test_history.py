"""Nothing the generator makes is impossible, and what it makes has the truths in it. No database."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genlyd.cli.simulate.history import History, simulate
from genlyd.cli.simulate.timetable import DAY, periods
from genlyd.cli.simulate.truths import load

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE = ZoneInfo("Europe/Copenhagen")


def history(seed: int = 1, people: int = 400, months: int = 6) -> History:
    return simulate(load(), people=people, months=months, seed=seed, now=NOW)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), people=st.integers(1, 300), months=st.integers(1, 14))
def test_nothing_impossible_happens(seed: int, people: int, months: int) -> None:
    made = history(seed, people, months)
    now = NOW.timestamp()
    assert len(made.people) == people
    assert len({person.email for person in made.people}) == people
    assert made.periods[-1].ends_on > NOW.date() >= made.periods[-1].starts_on
    shares = made.shares
    pairs = set()
    for i in range(len(shares)):
        person, story = made.people[shares.person[i]], made.stories[shares.story[i]]
        span = made.periods[shares.period[i]]
        assert person.consent_at is not None
        assert person.consent_at < shares.at[i] < min(person.withdrawn_at or now, person.left_at or now)
        assert story.published_at < shares.at[i] < story.expires_at
        assert span.holds(datetime.fromtimestamp(shares.at[i], HERE).date())
        assert np.isnan(shares.confirmed[i]) or shares.at[i] < shares.confirmed[i] < now
        pairs.add((shares.person[i], shares.story[i], shares.network[i]))
    assert len(pairs) == len(shares)
    clicks = made.clicks
    assert np.all(clicks.at > shares.at[clicks.share])
    assert np.all(clicks.at < now)
    assert not np.any(np.isnan(shares.confirmed[clicks.share]))
    for person in made.people:
        assert person.joined_at is not None or person.consent_at is None
        assert person.withdrawn_at is None or person.withdrawn_at > (person.consent_at or now)


def test_nobody_shares_more_a_week_than_the_rule_allows() -> None:
    shares = history(people=4000).shares
    days = np.array([datetime.fromtimestamp(at, HERE).toordinal() for at in shares.at])
    _, counts = np.unique(np.stack([shares.person, (days - 1) // 7]), axis=1, return_counts=True)
    assert counts.max() == load().activity.at_most_per_week


def test_a_visitor_is_never_known_across_midnight() -> None:
    clicks = history(people=4000).clicks
    keys = clicks.visitor.view("S16").ravel()
    _, index = np.unique(keys, return_inverse=True)
    first = np.full(index.max() + 1, np.inf)
    last = np.full(index.max() + 1, -np.inf)
    np.minimum.at(first, index, clicks.at // DAY)
    np.maximum.at(last, index, clicks.at // DAY)
    assert np.array_equal(first, last)


def test_the_same_seed_makes_the_same_history() -> None:
    one, two, other = history(7), history(7), history(8)
    assert one.people == two.people
    assert np.array_equal(one.clicks.visitor, two.clicks.visitor)
    assert one.people != other.people


def test_activity_has_a_heavy_tail() -> None:
    made = history(people=4000)
    counts = np.sort(np.bincount(made.shares.person))[::-1]
    sharers = counts[counts > 0]
    tenth = sharers[: len(sharers) // 10].sum() / sharers.sum()
    assert 0.25 < tenth < 0.6


def test_bots_make_up_about_the_stated_share() -> None:
    made = history(people=4000)
    # Repeats are people too: everything whose visitor also made a first human visit.
    keys = made.clicks.visitor.view("S16").ravel()
    people = np.isin(keys, keys[made.clicks.human])
    assert 1 - people.mean() == pytest.approx(made.truths.bots.share, abs=0.05)


def test_the_true_rates_are_what_the_clicks_follow() -> None:
    calm = load()
    calm = replace(calm, visits=replace(calm.visits, median_hours=0.5, sigma_hours=0.5))
    made = simulate(calm, people=6000, months=6, seed=3, now=NOW)
    out = ~np.isnan(made.shares.confirmed) & (made.shares.at < NOW.timestamp() - 2 * DAY)
    counts = np.bincount(made.clicks.share[made.clicks.human], minlength=len(made.shares))
    assert counts[out].sum() / made.shares.rate[out].sum() == pytest.approx(1, abs=0.03)
    pictured = made.shares.picture & out
    ratio = (counts[pictured].sum() / (made.shares.rate[pictured] / 1.55).sum()) / (
        counts[out & ~pictured].sum() / made.shares.rate[out & ~pictured].sum()
    )
    assert ratio == pytest.approx(1.55, rel=0.06)


def test_periods_meet_without_gaps() -> None:
    spans = periods(12, NOW.date())
    assert len(spans) == 4
    for before, after in itertools.pairwise(spans):
        assert (after.starts_on - before.ends_on).days == 1


def test_a_hundred_thousand_people_are_ready_in_seconds() -> None:
    made = history(people=100_000, months=2)
    assert len(made.people) == 100_000
    assert len(made.shares) > 20_000
