from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.plan.domain.deadlines import nearness, reminder

WEDNESDAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("offset", "done", "expected"),
    [
        (-1, False, "late"),
        (0, False, "week"),
        (4, False, "week"),
        (5, False, "later"),
        (-30, True, "done"),
    ],
)
def test_nearness(offset: int, done: bool, expected: str) -> None:  # noqa: FBT001
    assert nearness(WEDNESDAY + timedelta(days=offset), WEDNESDAY, done=done) == expected


@given(st.integers(-40, 40))
def test_a_line_is_mentioned_twice_at_most(offset: int) -> None:
    """However many days pass and however often the worker runs."""
    due = WEDNESDAY + timedelta(days=offset)
    said: list[str] = []
    for day in range(90):
        for _ in range(2):
            kind = reminder(
                due,
                WEDNESDAY + timedelta(days=day),
                reminded="tomorrow" in said,
                late_reminded="late" in said,
            )
            if kind:
                said.append(kind)
    assert len(said) == len(set(said))
    assert ("tomorrow" in said) == (offset >= 1)
    assert ("late" in said) == (offset >= -30)
