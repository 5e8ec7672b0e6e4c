"""The stretches of time that clicks are added up by."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.domain.sums import months, spans

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_a_week_may_lie_in_two_months_and_in_last_year() -> None:
    assert spans(date(2026, 11, 23)) == ("2026-11", "2026-W48")
    assert spans(date(2027, 1, 1)) == ("2027-01", "2026-W53")


def test_months_from_first_to_last() -> None:
    assert months(date(2026, 11, 30), date(2027, 2, 1)) == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert months(date(2026, 11, 30), date(2026, 11, 1)) == ["2026-11"]
    assert months(date(2026, 11, 1), date(2026, 10, 31)) == []


@given(DAYS, st.integers(0, 800))
def test_each_day_lies_in_one_of_the_months(first: date, more: int) -> None:
    every = months(first, first + timedelta(days=more))
    assert list(dict.fromkeys(spans(first + timedelta(days=day))[0] for day in range(more + 1))) == every
