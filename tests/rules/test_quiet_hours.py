from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.rules.domain.quiet_hours import is_quiet, next_open
from genlyd.rules.domain.settings import BadSettings, QuietHours, QuietSpan, minutes

ZONE = ZoneInfo("Europe/Copenhagen")
NIGHTS = tuple(QuietSpan(day, minutes("21:00"), minutes("07:00")) for day in range(7))
WEEKEND = (QuietSpan(5, 0, 1440), QuietSpan(6, 0, 1440))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("when", "quiet"),
    [
        (local(2026, 3, 3, 20, 59), False),
        (local(2026, 3, 3, 21, 0), True),
        (local(2026, 3, 4, 6, 59), True),
        (local(2026, 3, 4, 7, 0), False),
    ],
)
def test_night_reaches_into_the_next_morning(when: datetime, quiet: bool) -> None:  # noqa: FBT001
    assert is_quiet(when.astimezone(UTC), NIGHTS, ZONE) is quiet


def test_sunday_night_reaches_monday() -> None:
    only_sunday = (QuietSpan(6, minutes("22:00"), minutes("06:00")),)
    assert is_quiet(local(2026, 3, 2, 5, 59), only_sunday, ZONE)
    assert not is_quiet(local(2026, 3, 3, 5, 59), only_sunday, ZONE)


def test_next_open_after_a_weekend_and_its_nights() -> None:
    friday_night = local(2026, 3, 6, 23, 0)
    assert next_open(friday_night, NIGHTS + WEEKEND, ZONE) == local(2026, 3, 9, 7, 0)


def test_next_open_is_now_when_it_is_open() -> None:
    noon = local(2026, 3, 6, 12, 0)
    assert next_open(noon, NIGHTS, ZONE) == noon


def test_next_open_over_the_change_to_summer_time() -> None:
    """29 March 2026, 02:00 becomes 03:00: the night is an hour shorter, the clock still says seven."""
    assert next_open(local(2026, 3, 28, 22, 0), NIGHTS, ZONE) == datetime(2026, 3, 29, 5, 0, tzinfo=UTC)


def test_next_open_over_the_change_to_winter_time() -> None:
    assert next_open(local(2026, 10, 24, 22, 0), NIGHTS, ZONE) == datetime(2026, 10, 25, 6, 0, tzinfo=UTC)


def test_a_whole_quiet_week_never_opens() -> None:
    assert next_open(local(2026, 3, 6), tuple(QuietSpan(day, 0, 1440) for day in range(7)), ZONE) is None


def test_settings_survive_json() -> None:
    rule = QuietHours(NIGHTS + WEEKEND)
    assert QuietHours.read(rule.write()) == rule


@pytest.mark.parametrize("value", ["25:00", "7", "07:60", "seven", "24:01"])
def test_unreadable_clock(value: str) -> None:
    with pytest.raises(BadSettings):
        minutes(value)


SPANS = st.lists(
    st.builds(QuietSpan, st.integers(0, 6), st.integers(0, 1439), st.integers(0, 1440)), max_size=10
)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)), SPANS)  # noqa: DTZ001
def test_next_open_is_open_and_not_before(when: datetime, spans: list[QuietSpan]) -> None:
    opens = next_open(when, spans, ZONE)
    if opens is None:
        assert is_quiet(when, spans, ZONE)
    else:
        assert opens >= when
        assert not is_quiet(opens, spans, ZONE)
        if opens > when:
            assert is_quiet(opens - timedelta(seconds=1), spans, ZONE)
