from __future__ import annotations

from datetime import date, timedelta

import pytest

from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.domain.pace import Standing, pace, standing

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 10)


def on(key: str, day: int, target: float = 100, baseline: float | None = None) -> float | None:
    return pace(
        DICTIONARY[key],
        target=target,
        baseline=baseline,
        first=FIRST,
        last=LAST,
        day=FIRST + timedelta(days=day),
    )


@pytest.mark.parametrize(
    ("key", "day", "baseline", "expected"),
    [
        ("visits", 0, None, 10),
        ("visits", 4, None, 50),
        ("visits", 9, None, 100),
        ("visits", 30, None, 100),
        ("visits", 4, 80, 50),
        ("adoption_rate", 4, 60, 80),
        ("adoption_rate", 4, None, 50),
        ("own_words_rate", 0, 10, 100),
        ("visits", -1, None, None),
    ],
)
def test_pace(key: str, day: int, baseline: float | None, expected: float | None) -> None:
    assert on(key, day, baseline=baseline) == expected


@pytest.mark.parametrize(
    ("key", "value", "wanted", "expected"),
    [
        ("visits", 106, 100, Standing.AHEAD),
        ("visits", 105, 100, Standing.ON_PACE),
        ("visits", 95, 100, Standing.ON_PACE),
        ("visits", 94, 100, Standing.BEHIND),
        ("time_to_first_share", 8, 14, Standing.AHEAD),
        ("time_to_first_share", 20, 14, Standing.BEHIND),
        ("visits", None, 100, Standing.UNKNOWN),
        ("visits", 5, None, Standing.UNKNOWN),
    ],
)
def test_standing(key: str, value: float | None, wanted: float | None, expected: Standing) -> None:
    assert standing(DICTIONARY[key], value, wanted) is expected
