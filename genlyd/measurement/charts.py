"""A KPI over time, beside the way to its target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from genlyd.measurement import figures
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.domain.pace import pace
from genlyd.measurement.models import Kpi, Reading
from genlyd.measurement.words import WORDS
from genlyd.ui.charts import Chart, Point, line, sparkline


def kpi_chart(kpi: Kpi, readings: Sequence[Reading]) -> Chart | None:
    """Every day from the first to the last of the period; days without a reading are gaps. None without any value."""
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        return None
    definition, period = DICTIONARY[kpi.key], kpi.period
    shown = figures.scale(definition)
    values = {reading.day: reading.value for reading in readings}
    days = [period.starts_on + timedelta(days=n) for n in range((known[-1].day - period.starts_on).days + 1)]
    points = [Point(day, _scaled(values.get(day), shown.factor)) for day in days]
    way = [Point(day, _scaled(wanted(kpi, day), shown.factor)) for day in (period.starts_on, period.ends_on)]
    name = str(WORDS[kpi.key].name)
    summary = _("%(name)s: %(value)s so far; the target is %(target)s.") % {
        "name": name,
        "value": figures.text(definition, known[-1].value),
        "target": figures.text(definition, kpi.target),
    }
    return line(
        name, summary, points, label=name, unit="%" if shown.factor != 1 else "", pace=way,
        pace_label=_("The way to the target"), digits=shown.digits,
    )  # fmt: skip


def wanted(kpi: Kpi, day: date) -> float | None:
    """Where the KPI should be at the end of that day."""
    return pace(
        DICTIONARY[kpi.key], target=kpi.target, baseline=kpi.baseline,
        first=kpi.period.starts_on, last=kpi.period.ends_on, day=day,
    )  # fmt: skip


def kpi_spark(kpi: Kpi, readings: Sequence[Reading]) -> Chart | None:
    values = [reading.value for reading in readings]
    if sum(value is not None for value in values) < 2:  # noqa: PLR2004  one point has no shape
        return None
    name = str(WORDS[kpi.key].name)
    return sparkline(name, _("How %(name)s has moved") % {"name": name}, values)


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
