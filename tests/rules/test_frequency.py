from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from genlyd.rules.domain.frequency import judge, monday

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_judge_below_the_cap() -> None:
    verdict = judge([MONDAY, MONDAY], MONDAY, per_week=3, zone=COPENHAGEN)
    assert (verdict.count, verdict.too_often) == (2, False)


def test_judge_at_the_cap_names_the_next_week_with_room() -> None:
    busy = [MONDAY] * 3 + [MONDAY + timedelta(days=7)] * 3
    verdict = judge(busy, MONDAY, per_week=3, zone=COPENHAGEN)
    assert verdict.too_often
    assert verdict.next_free == date(2026, 3, 16)


def test_judge_counts_by_the_local_calendar() -> None:
    """Sunday 23:30 UTC is Monday in Copenhagen."""
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert judge([late], MONDAY, per_week=1, zone=COPENHAGEN).too_often
    assert not judge([late], MONDAY, per_week=1, zone=ZoneInfo("UTC")).too_often


@given(
    st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)), max_size=60),  # noqa: DTZ001
    st.integers(1, 6),
)
def test_who_obeys_never_exceeds_the_cap(moments: list[datetime], per_week: int) -> None:
    shared: list[datetime] = []
    for moment in moments:
        if not judge(shared, moment, per_week=per_week, zone=COPENHAGEN).too_often:
            shared.append(moment)
    weeks = [monday(moment, COPENHAGEN) for moment in shared]
    assert all(weeks.count(week) <= per_week for week in weeks)


@given(
    st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 31), timezones=st.just(UTC)), max_size=40),  # noqa: DTZ001
    st.integers(1, 4),
)
def test_the_next_free_week_has_room(moments: list[datetime], per_week: int) -> None:
    free = judge(moments, MONDAY, per_week=per_week, zone=COPENHAGEN).next_free
    later = datetime.combine(free, datetime.min.time(), tzinfo=COPENHAGEN) + timedelta(hours=12)
    assert not judge(moments, later, per_week=per_week, zone=COPENHAGEN).too_often
