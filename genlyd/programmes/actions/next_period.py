from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from genlyd.base import clock
from genlyd.people.models import Member
from genlyd.programmes.actions.period import draft_period
from genlyd.programmes.models import Owner, Period, Seat

BATCH = 2000


@transaction.atomic
def draft_next_period(period: Period, *, name: str, by: Member) -> Period:
    """The period after this one, as a draft of the same length: goal, focus areas, team and owners carried over.

    Returns the existing one if it was made before.
    """
    existing = Period.objects.filter(previous=period).first()
    if existing:
        return existing
    starts_on = max(period.ends_on + timedelta(days=1), clock.today(by.organisation.time_zone))
    made = draft_period(
        period.programme,
        name=_free_name(period, name),
        starts_on=starts_on,
        ends_on=starts_on + (period.ends_on - period.starts_on),
        goal=period.goal,
        sub_goals=[row.text for row in period.sub_goals.all()],
        focus_areas=[area.name for area in period.focus_areas.all()],
        previous=period,
        by=by,
    )
    carry_team(period, made)
    return made


def carry_team(earlier: Period, later: Period) -> None:
    """Those who have a seat now, and are still here."""
    Owner.objects.bulk_create(
        [
            Owner(period=later, duty=owner.duty, member_id=owner.member_id)
            for owner in earlier.owners.filter(member__left_at=None)
        ],
        ignore_conflicts=True,
    )
    members = earlier.seats.filter(left_at=None, member__left_at=None).values_list("member_id", flat=True)
    batch: list[Seat] = []
    for member_id in members.iterator(chunk_size=BATCH):
        batch.append(Seat(period=later, member_id=member_id))
        if len(batch) == BATCH:
            Seat.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Seat.objects.bulk_create(batch, ignore_conflicts=True)


def _free_name(period: Period, name: str) -> str:
    taken = set(Period.objects.filter(programme=period.programme_id).values_list("name", flat=True))
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name} ({number})", number + 1
    return candidate
