from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS
from django.utils.translation import override

from genlyd.cli.simulate.people import Person
from genlyd.cli.simulate.timetable import PeriodSpan, midnights
from genlyd.cli.simulate.writer.copying import copy_in, perhaps, when
from genlyd.people.models import Organisation
from genlyd.programmes.models import FocusArea, Period, Programme, Seat

GOAL = "40 nye kolleger, der bliver: montører, lærlinge og ingeniører"


def write_programme(
    organisation: Organisation,
    spans: tuple[PeriodSpan, ...],
    *,
    created_by: int,
    focus_areas: tuple[str, ...],
) -> list[Period]:
    """One recruitment programme; every period but the last is closed early on the morning after its last day."""
    first = _morning(spans[0], organisation)
    programme = Programme.objects.create(
        organisation=organisation, name="40 nye kolleger", goal_kind="recruitment", created_by_id=created_by,
        created_at=first,
    )  # fmt: skip
    made: list[Period] = []
    for span in spans:
        # Closed as it is made: a programme has one open period at a time.
        over = midnights(span.ends_on, 2, organisation.time_zone)[1] + 6 * 3600 if span != spans[-1] else None
        period = Period.objects.create(
            organisation=organisation, programme=programme, name=_name(span), goal=GOAL,
            starts_on=span.starts_on, ends_on=span.ends_on, previous=made[-1] if made else None,
            created_at=first, opened_at=_morning(span, organisation), opened_by_id=created_by,
            closed_at=perhaps(over),
        )  # fmt: skip
        FocusArea.objects.bulk_create([FocusArea(period=period, name=name) for name in focus_areas])
        made.append(period)
    return made


def write_seats(periods: list[Period], people: tuple[Person, ...], ids: list[int]) -> None:
    """Whoever takes part has a seat in each period while they do."""
    for period in periods:
        copy_in(Seat, ("member_id", "taken_at", "left_at"), _seats(period, people, ids), period_id=period.pk)


def _seats(period: Period, people: tuple[Person, ...], ids: list[int]) -> Iterator[tuple[Any, ...]]:
    begins = (period.opened_at or period.created_at).timestamp()
    ends = period.closed_at.timestamp() if period.closed_at else float("inf")
    for number, person in enumerate(people):
        gone = min(person.withdrawn_at or float("inf"), person.left_at or float("inf"))
        if person.consent_at is None or person.consent_at >= ends or gone <= begins:
            continue
        left = gone if gone < ends else None
        yield ids[number], when(max(person.consent_at, begins)), perhaps(left)


def _morning(span: PeriodSpan, organisation: Organisation) -> datetime:
    return datetime.fromtimestamp(
        midnights(span.starts_on, 1, organisation.time_zone)[0] + 7 * 3600, ZoneInfo("UTC")
    )


def _name(span: PeriodSpan) -> str:
    """ "maj til september 2026": what people call it."""
    with override("da"):
        first, last = str(MONTHS[span.starts_on.month]), str(MONTHS[span.ends_on.month])
    return f"{first.capitalize()} til {last} {span.ends_on.year}"
