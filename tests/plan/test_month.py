from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.plan.domain.month import Month, month_of, parse

TODAY = date(2026, 11, 23)


def test_a_danish_week_begins_on_monday_and_has_a_number() -> None:
    weeks = Month(2026, 3).weeks
    assert weeks[0].days[0] == date(2026, 2, 23)
    assert [week.number for week in weeks] == [9, 10, 11, 12, 13, 14]


def test_new_year_belongs_to_the_week_it_is_in() -> None:
    assert Month(2027, 1).weeks[0].number == 53


@pytest.mark.parametrize("key", ["", "2026", "2026-13", "2026-00", "1999-01", "2026-3", "x"])
def test_an_unreadable_month_is_this_month(key: str) -> None:
    assert parse(key, TODAY) == Month(2026, 11)


def test_a_month_in_the_address() -> None:
    assert parse("2027-02", TODAY) == Month(2027, 2)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_every_month_is_whole_and_next_to_its_neighbours(day: date) -> None:
    month = month_of(day)
    days = [inner for week in month.weeks for inner in week.days]
    assert days == [days[0] + timedelta(days=offset) for offset in range(len(days))]
    assert days[0].weekday() == 0
    assert days[0] <= month.first <= day <= month.last <= days[-1]
    assert month.next.previous == month == month.previous.next
    assert parse(month.key, TODAY) == month
