from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from genlyd.ui.forms import MomentField


@pytest.mark.parametrize(
    ("zone", "typed", "expected"),
    [
        ("Europe/Copenhagen", "2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("America/New_York", "2026-11-01T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("Europe/Copenhagen", "2026-07-01T09:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
    ],
)
def test_typed_time_is_one_on_the_readers_wall(zone: str, typed: str, expected: datetime) -> None:
    with timezone.override(ZoneInfo(zone)):
        field = MomentField()
        assert field.clean(typed) == expected
        assert field.prepare_value(expected) == datetime.fromisoformat(typed)


@pytest.mark.parametrize(
    ("zone", "typed", "said"),
    [
        ("Europe/Copenhagen", "2026-03-29T02:30", ["02:30", "03:30"]),
        ("America/New_York", "2026-03-08T02:00", ["02:00", "03:00"]),
    ],
)
def test_time_that_does_not_exist_is_said_kindly(zone: str, typed: str, said: list[str]) -> None:
    with timezone.override(ZoneInfo(zone)), translation.override("da"):
        with pytest.raises(ValidationError) as refused:
            MomentField().clean(typed)
        [message] = refused.value.messages
    assert [part for part in said if part in message] == said
    assert "Uret" in message or "uret" in message


@pytest.mark.parametrize("typed", ["tomorrow", "9999-12-31T23:59x", "0001-01-01T00:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")), pytest.raises(ValidationError):
        MomentField().clean(typed)


def test_nothing_is_nothing() -> None:
    assert MomentField(required=False).clean("") is None
