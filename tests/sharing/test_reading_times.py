from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from genlyd.sharing.domain.reading_times import AFTER, GRACE, LATEST, back_off, next_reading, retry_reading

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
ages = st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=60))


def test_next_reading_of_a_fresh_post_is_an_hour_away() -> None:
    assert next_reading(NINE, NINE) == NINE + timedelta(hours=1)


@given(st.lists(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=9))))
def test_readings_grow_rarer_and_end(delays: list[timedelta]) -> None:
    """However late the worker comes each time: no reading too early, none twice, at most as many as planned."""
    now, planned = NINE, []
    for delay in [*delays, *[timedelta(seconds=1)] * len(AFTER)]:
        at = next_reading(NINE, now)
        if at is None:
            break
        assert at > now
        planned.append(at)
        now = at + delay
    assert next_reading(NINE, NINE + AFTER[-1]) is None
    assert sorted(set(planned)) == planned
    assert len(planned) <= len(AFTER)
    if len(planned) == len(AFTER):
        gaps = [later - earlier for earlier, later in pairwise(planned)]
        assert gaps == sorted(gaps)


@given(ages)
def test_next_reading_is_always_to_come(age: timedelta) -> None:
    at = next_reading(NINE, NINE + age)
    assert (at is None) is (age >= AFTER[-1])
    assert at is None or at > NINE + age


@given(st.integers(min_value=-3, max_value=40_000), st.timedeltas(max_value=timedelta(days=3)))
def test_back_off_grows_to_a_day_and_keeps_what_the_network_asks(failures: int, wait: timedelta) -> None:
    pause = back_off(failures, wait=wait)
    assert pause >= max(wait, timedelta(minutes=15))
    assert pause <= max(wait, LATEST)
    assert back_off(failures + 1) >= back_off(failures)


@given(ages, st.integers(min_value=1, max_value=100))
def test_retries_end_a_week_after_the_last_reading(age: timedelta, failures: int) -> None:
    at = retry_reading(NINE, NINE + age, failures)
    assert at is None or NINE + age < at <= NINE + AFTER[-1] + GRACE


def test_a_network_that_never_answers_is_given_up() -> None:
    now, failures = NINE, 0
    while (at := retry_reading(NINE, now, failures + 1)) is not None:
        now, failures = at, failures + 1
    assert 35 <= failures < 60  # once a day in the end, for five weeks
