from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.base.wall_clock import after_gap, instant

COPENHAGEN, NEW_YORK = ZoneInfo("Europe/Copenhagen"), ZoneInfo("America/New_York")
ZONES = [COPENHAGEN, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kolkata"), UTC]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "told", "expected"),
    [
        (COPENHAGEN, "2026-03-28T09:00", "2026-03-28T08:00+00:00"),
        (COPENHAGEN, "2026-03-30T09:00", "2026-03-30T07:00+00:00"),
        (NEW_YORK, "2026-03-07T09:00", "2026-03-07T14:00+00:00"),
        (NEW_YORK, "2026-03-09T09:00", "2026-03-09T13:00+00:00"),
        # The hour that comes twice: the first of the two, in summer time.
        (COPENHAGEN, "2026-10-25T02:30", "2026-10-25T00:30+00:00"),
        (NEW_YORK, "2026-11-01T01:30", "2026-11-01T05:30+00:00"),
    ],
)
def test_time_on_the_wall_is_the_instant_the_clocks_show_it(zone: ZoneInfo, told: str, expected: str) -> None:
    assert instant(wall(told), zone) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("zone", "told", "instead"),
    [
        (COPENHAGEN, "2026-03-29T02:00", "2026-03-29T03:00"), (COPENHAGEN, "2026-03-29T02:59", "2026-03-29T03:59"),
        (NEW_YORK, "2026-03-08T02:30", "2026-03-08T03:30"),
    ],
)  # fmt: skip
def test_hour_that_clocks_skip_is_no_instant(zone: ZoneInfo, told: str, instead: str) -> None:
    assert instant(wall(told), zone) is None
    assert after_gap(wall(told), zone) == wall(instead)


@given(st.datetimes(wall("2020-01-01T00:00"), wall("2035-12-31T00:00")), st.sampled_from(ZONES))
def test_what_is_shown_again_is_what_was_planned(told: datetime, zone: ZoneInfo) -> None:
    """In every zone and every night: the instant reads as the same time on the same wall, or there is none."""
    at = instant(told, zone)
    if at is None:
        moved = after_gap(told, zone)
        assert moved > told
        assert instant(moved, zone) is not None
    else:
        assert at.astimezone(zone).replace(tzinfo=None, fold=0) == told
