"""What the board says about each KPI, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from genlyd.measurement import figures
from genlyd.measurement.charts import kpi_spark, wanted
from genlyd.measurement.domain.dictionary import DICTIONARY, Course, Definition
from genlyd.measurement.domain.pace import Standing, standing
from genlyd.measurement.models import Kpi, Reading
from genlyd.measurement.queries.kpis import kpis_of, readings_of
from genlyd.measurement.words import STANDINGS, TONES, WORDS, Words
from genlyd.programmes.models import Period
from genlyd.ui.charts import Chart


@dataclass(frozen=True)
class Shown:
    """One KPI on the board."""

    kpi: Kpi
    definition: Definition
    words: Words
    readings: list[Reading]
    latest: Reading | None
    #: The pace of today, as stored.
    wanted: float | None
    standing: Standing

    @property
    def value(self) -> str | None:
        return figures.bare(self.definition, self.latest.value if self.latest else None)

    @property
    def unit(self) -> str:
        return figures.unit(self.definition, self.latest.value if self.latest else None)

    @property
    def target(self) -> str:
        return figures.text(self.definition, self.kpi.target)

    @property
    def baseline(self) -> str:
        return figures.text(self.definition, self.kpi.baseline)

    @property
    def pace(self) -> str:
        """How it stands, in words: with the figure it should have today."""
        if self.standing is Standing.UNKNOWN:
            return ""
        values = {
            "standing": STANDINGS[self.standing],
            "wanted": figures.text(self.definition, self.wanted),
            "target": self.target,
        }
        if self.definition.course is Course.HOLDS:
            return _("%(standing)s: the target is %(target)s") % values
        return _("%(standing)s: %(wanted)s today, %(target)s in the end") % values

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def quality(self) -> str:
        return self.latest.quality if self.latest and self.latest.value is not None else "missing"

    @property
    def numerator(self) -> str:
        return figures.count(self.latest.numerator if self.latest else None)

    @property
    def denominator(self) -> str:
        return figures.count(self.latest.denominator if self.latest else None)

    @property
    def coverage(self) -> str:
        """Of how many posts its figures are known; "" where every share counts anyway."""
        if not self.latest or self.latest.known is None or not self.latest.total:
            return ""
        return _("Known for %(known)s of %(total)s posts") % {
            "known": figures.count(self.latest.known),
            "total": figures.count(self.latest.total),
        }

    @property
    def spark(self) -> Chart | None:
        return kpi_spark(self.kpi, self.readings)


def board_of(period: Period, day: date) -> list[Shown]:
    """The period's KPIs as they stand at the end of `day`, in two queries."""
    kpis = [kpi for kpi in kpis_of(period) if kpi.key in DICTIONARY]
    for kpi in kpis:
        kpi.period = period
    by_kpi = readings_of(kpis)
    return [_shown(kpi, [reading for reading in by_kpi[kpi.pk] if reading.day <= day], day) for kpi in kpis]


def _shown(kpi: Kpi, readings: list[Reading], day: date) -> Shown:
    definition = DICTIONARY[kpi.key]
    latest = readings[-1] if readings else None
    pace = wanted(kpi, day)
    return Shown(
        kpi=kpi, definition=definition, words=WORDS[kpi.key], readings=readings, latest=latest, wanted=pace,
        standing=standing(definition, latest.value if latest else None, pace),
    )  # fmt: skip
