"""Figures as people read them: percent, decimals, units, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from genlyd.measurement.domain.dictionary import Definition, Unit
from genlyd.ui.charts.words import number


@dataclass(frozen=True, slots=True)
class Scale:
    """How a KPI's values are shown: multiplied, rounded, with a unit."""

    factor: float
    digits: int


_SCALES = {
    Unit.PERCENT: Scale(100, 0),
    Unit.FINE_PERCENT: Scale(100, 1),
    Unit.COUNT: Scale(1, 0),
    Unit.RATE: Scale(1, 1),
    Unit.DAYS: Scale(1, 0),
}


def scale(definition: Definition) -> Scale:
    return _SCALES[definition.unit]


def unit(definition: Definition, value: float | None = None) -> str:
    if definition.unit in {Unit.PERCENT, Unit.FINE_PERCENT}:
        return "%"
    if definition.unit is Unit.DAYS:
        return ngettext("day", "days", round(value or 0))
    return ""


def bare(definition: Definition, value: float | None) -> str | None:
    """Without its unit; None stays None."""
    shown = scale(definition)
    return None if value is None else number(value * shown.factor, digits=shown.digits)


def text(definition: Definition, value: float | None) -> str:
    """With its unit; a missing one is a dash."""
    figure = bare(definition, value)
    if figure is None:
        return "–"
    mark = unit(definition, value)
    return f"{figure}%" if mark == "%" else f"{figure} {mark}".strip()


def count(value: float | None) -> str:
    """A raw count."""
    return number(value, digits=1) if value is not None and value % 1 else number(value)
