"""Where a figure should be today, and whether it is."""

from __future__ import annotations

from datetime import date
from enum import Enum

from genlyd.measurement.domain.dictionary import Course, Definition

#: This close to the pace counts as keeping it.
CLOSE = 0.05


class Standing(Enum):
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    #: No figure, or the period has not begun.
    UNKNOWN = "unknown"


def pace(
    definition: Definition, *, target: float, baseline: float | None, first: date, last: date, day: date
) -> float | None:
    """The value on the straight way to the target at the end of `day`; None before the period."""
    if day < first:
        return None
    if definition.course is Course.HOLDS:
        return target
    start = 0.0 if definition.course is Course.ADDS_UP else (baseline or 0.0)
    done = min(1.0, ((day - first).days + 1) / ((last - first).days + 1))
    return start + (target - start) * done


def standing(definition: Definition, value: float | None, wanted: float | None) -> Standing:
    if value is None or wanted is None:
        return Standing.UNKNOWN
    better = value - wanted if definition.more_is_better else wanted - value
    slack = abs(wanted) * CLOSE
    if better > slack:
        return Standing.AHEAD
    return Standing.BEHIND if better < -slack else Standing.ON_PACE
