"""Reads of a period's KPIs and their readings."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from genlyd.measurement.models import Kpi, Reading, TeamUpdate
from genlyd.people.models import Member, RoleKind
from genlyd.programmes.models import Duty, Owner, Period, Seat

#: In a choice of owners nobody scrolls further.
MOST_CANDIDATES = 200


def kpis_of(period: Period) -> list[Kpi]:
    return list(Kpi.objects.filter(period=period).select_related("owner").order_by("position"))


def readings_of(kpis: list[Kpi]) -> dict[int, list[Reading]]:
    """Every KPI's readings by day, in one query."""
    found: dict[int, list[Reading]] = {kpi.pk: [] for kpi in kpis}
    if kpis:
        rows = Reading.objects.filter(organisation_id=kpis[0].organisation_id, kpi_id__in=found)
        for reading in rows.order_by("day"):
            found[reading.kpi_id].append(reading)
    return found


def latest(kpi: Kpi, until: date | None = None) -> Reading | None:
    rows = Reading.objects.filter(organisation_id=kpi.organisation_id, kpi_id=kpi.pk)
    return (rows.filter(day__lte=until) if until else rows).order_by("-day").first()


def earlier_value(period: Period, key: str) -> float | None:
    """What the period before ended with: a baseline nobody has to look up."""
    if not period.previous_id:
        return None
    kpi = Kpi.objects.filter(period_id=period.previous_id, key=key).first()
    reading = latest(kpi) if kpi else None
    return reading.value if reading else None


def default_owner(period: Period) -> Member | None:
    named = Owner.objects.filter(period=period, duty=Duty.KPIS).select_related("member").first()
    return named.member if named else None


def candidates(period: Period, current: int | None = None) -> QuerySet[Member]:
    """Who may own a KPI: those named for a duty, leads, and the team as far as a choice can hold it."""
    named = Owner.objects.filter(period=period).values("member")
    seats = Seat.objects.filter(period=period, left_at=None).order_by("pk").values("member")[:MOST_CANDIDATES]
    return (
        Member.objects.current()
        .filter(organisation_id=period.organisation_id)
        .filter(
            Q(pk__in=named)
            | Q(roles__kind__in=[RoleKind.LEAD, RoleKind.ADMINISTRATOR])
            | Q(pk__in=list(seats.values_list("member", flat=True)))
            | Q(pk=current)
        )
        .distinct()
        .order_by("sort_name", "pk")
    )


def updates_of(period: Period, limit: int = 5) -> list[TeamUpdate]:
    return list(
        TeamUpdate.objects.filter(kpi__period=period).select_related("by", "kpi").order_by("-at")[:limit]
    )
