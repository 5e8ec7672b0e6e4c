"""Taking readings: the day's value of each KPI, with its raw counts, once per day however often it is taken."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import connection

from genlyd.base import clock
from genlyd.measurement.domain.counts import quality, read
from genlyd.measurement.domain.dictionary import DICTIONARY, METHOD_VERSION
from genlyd.measurement.models import Kpi, Reading
from genlyd.measurement.queries.counts import counts_for
from genlyd.measurement.queries.days import day_to_read
from genlyd.programmes.models import Period

#: A reading this young is not taken again because somebody looks.
FRESH = timedelta(seconds=10)


def take_readings(*, period: Period, day: date, kpis: list[Kpi] | None = None) -> int:
    """Read all KPIs of the period (or those given) at the end of `day`. Taking them again overwrites them."""
    chosen = list(Kpi.objects.filter(period=period)) if kpis is None else kpis
    known = [kpi for kpi in chosen if kpi.key in DICTIONARY]
    if not known or day < period.starts_on:
        return 0
    counts = counts_for([DICTIONARY[kpi.key] for kpi in known], period, day)
    values = [(kpi, read(DICTIONARY[kpi.key], counts), quality(DICTIONARY[kpi.key], counts)) for kpi in known]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO measurement_reading (organisation_id, kpi_id, day, value, numerator, denominator, quality,"
            " known, total, method_version, taken_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (organisation_id, kpi_id, day) DO UPDATE SET value = excluded.value,"
            " numerator = excluded.numerator, denominator = excluded.denominator, quality = excluded.quality,"
            " known = excluded.known, total = excluded.total,"
            " method_version = excluded.method_version, taken_at = excluded.taken_at",
            [
                (
                    period.organisation_id, kpi.pk, day, value.value, value.numerator, value.denominator,
                    how_good, value.known, value.total, METHOD_VERSION, clock.now(),
                )
                for kpi, value, how_good in sorted(values, key=lambda pair: pair[0].pk)
            ],
        )  # fmt: skip
    return len(values)


def freshen(*, period: Period, now: datetime) -> None:
    """Take today's readings unless they are only seconds old. Closed periods and those to come stay as they are."""
    if period.closed_at or not period.opened_at:
        return
    kpis = list(Kpi.objects.filter(period=period))
    day = day_to_read(period)
    young = set(
        Reading.objects.filter(
            organisation_id=period.organisation_id, kpi_id__in=[kpi.pk for kpi in kpis], day=day,
            taken_at__gt=now - FRESH,
        ).values_list("kpi_id", flat=True)
    )  # fmt: skip
    stale = [kpi for kpi in kpis if kpi.pk not in young]
    if stale:
        take_readings(period=period, day=day, kpis=stale)


def read_again(*, period: Period) -> int:
    """Take the readings that rest on clicks alone once more, as these are counted differently. Returns how many days.

    Others are not taken again: of what networks told then, some may have been forgotten since, as their terms ask.
    """
    kpis = {kpi.pk: kpi for kpi in Kpi.objects.filter(period=period) if _counts_clicks(kpi)}
    taken: defaultdict[date, list[Kpi]] = defaultdict(list)
    rows = Reading.objects.filter(organisation_id=period.organisation_id, kpi_id__in=kpis)
    for kpi_id, day in rows.values_list("kpi_id", "day"):
        taken[day].append(kpis[kpi_id])
    for day, chosen in sorted(taken.items()):
        take_readings(period=period, day=day, kpis=chosen)
    return len(taken)


def _counts_clicks(kpi: Kpi) -> bool:
    definition = DICTIONARY.get(kpi.key)
    return definition is not None and "visits" in {definition.numerator, definition.denominator}


def fill_history(*, period: Period) -> int:
    """Read the days that have no reading yet, for KPIs chosen after the period began. Returns how many days."""
    kpis = list(Kpi.objects.filter(period=period))
    last = day_to_read(period)
    taken = set(
        Reading.objects.filter(
            organisation_id=period.organisation_id, kpi_id__in=[kpi.pk for kpi in kpis]
        ).values_list("kpi_id", "day")
    )
    days = [period.starts_on + timedelta(days=n) for n in range((last - period.starts_on).days + 1)]
    filled = 0
    for day in days:
        missing = [kpi for kpi in kpis if (kpi.pk, day) not in taken]
        if missing:
            filled += 1
            take_readings(period=period, day=day, kpis=missing)
    return filled
