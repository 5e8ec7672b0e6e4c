from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.domain.health import Change, Sight, Standing, after, next_look, sight_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "sight"),
    [
        (200, Sight.OK), (204, Sight.OK), (304, Sight.OK), (401, Sight.OK), (403, Sight.OK), (405, Sight.OK),
        (429, Sight.OK), (404, Sight.GONE), (410, Sight.GONE), (500, Sight.FAILING), (503, Sight.FAILING),
    ],
)  # fmt: skip
def test_what_a_status_says(status: int, sight: Sight) -> None:
    assert sight_of(status) is sight


def looks(*seen: tuple[float, Sight]) -> list[tuple[str, Change]]:
    """Health and change after each look, given as (hours, sight)."""
    standing, told = Standing(), []
    for hours, sight in seen:
        standing, change = after(standing, sight, NOW + timedelta(hours=hours))
        told.append((standing.health, change))
    return told


def test_three_looks_over_a_day_are_needed() -> None:
    gone, quiet = Sight.GONE, ("", Change.NONE)
    # Many looks within a day, and few over many days, are not enough.
    assert looks((0, gone), (1, gone), (2, gone), (23, gone)) == [quiet] * 4
    assert looks((0, gone), (100, gone)) == [quiet] * 2
    assert looks((0, gone), (8, gone), (24, gone))[-1] == ("gone", Change.TROUBLE)


def test_trouble_is_told_once_and_its_end_once() -> None:
    failing, gone, fine = Sight.FAILING, Sight.GONE, Sight.OK
    told = looks((0, failing), (8, failing), (24, failing), (32, gone), (40, gone), (48, fine), (56, fine))
    assert [change for _health, change in told] == [
        Change.NONE, Change.NONE, Change.TROUBLE, Change.NONE, Change.NONE, Change.BACK, Change.NONE,
    ]  # fmt: skip
    assert [health for health, _change in told][2:] == ["failing", "gone", "gone", "ok", "ok"]


def test_a_page_that_comes_back_in_time_is_never_told_about() -> None:
    told = looks((0, Sight.OK), (8, Sight.GONE), (20, Sight.GONE), (30, Sight.OK), (33, Sight.GONE))
    assert {change for _health, change in told} == {Change.NONE}
    assert told[-1][0] == "ok"


@given(st.lists(st.sampled_from(Sight), max_size=40), st.data())
def test_trouble_and_its_end_take_turns(sights: list[Sight], data) -> None:
    standing, now, told = Standing(), NOW, []
    for sight in sights:
        now += timedelta(hours=data.draw(st.integers(1, 30)))
        standing, change = after(standing, sight, now)
        told += [change] if change is not Change.NONE else []
        assert next_look(standing, now) > now
        assert standing.in_trouble is (bool(told) and told[-1] is Change.TROUBLE)
    assert all(one is not other for one, other in itertools.pairwise(told))
    assert not told or told[0] is Change.TROUBLE
