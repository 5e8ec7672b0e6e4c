"""Seats: given one by one or by department, given up with a way back. Rows of former seats stay for history."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.people.models import Member, Team, TeamKind
from genlyd.programmes.facts import TeamChanged
from genlyd.programmes.models import Period, Seat


def _still_open(period: Period) -> None:
    if period.closed_at:
        raise Refused(_("This period is closed: it stays as it was."))


@transaction.atomic
def add_members(period: Period, *, members: Iterable[Member], by: Member) -> int:
    """How many got a seat; who has one already keeps it."""
    _still_open(period)
    before = period.seats.filter(left_at=None).count()
    Seat.objects.bulk_create(
        [
            Seat(period=period, member=member)
            for member in members
            if member.organisation_id == period.organisation_id and not member.left_at
        ],
        ignore_conflicts=True,
    )
    return _announce(period, before, by)


@transaction.atomic
def add_team(period: Period, *, team: Team, by: Member) -> int:
    """A seat for everybody in a department or location and those below it, in one statement however many they are."""
    _still_open(period)
    before = period.seats.filter(left_at=None).count()
    column = "department_id" if team.kind == TeamKind.DEPARTMENT else "location_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE below AS (
                SELECT id FROM people_team WHERE id = %(team)s AND organisation_id = %(organisation)s
                UNION SELECT child.id FROM people_team child JOIN below ON child.parent_id = below.id
            )
            INSERT INTO programmes_seat (period_id, member_id, taken_at)
            SELECT %(period)s, member.id, %(now)s FROM people_member member
            WHERE member.organisation_id = %(organisation)s AND member.left_at IS NULL
              AND member.{column} IN (SELECT id FROM below)
            ON CONFLICT DO NOTHING
            """,  # noqa: S608 - the column is one of two names written above
            {
                "team": team.pk,
                "organisation": period.organisation_id,
                "period": period.pk,
                "now": clock.now(),
            },
        )
    return _announce(period, before, by, team=team.name)


def _announce(period: Period, before: int, by: Member, **detail: object) -> int:
    added = period.seats.filter(left_at=None).count() - before
    if added:
        audit.note(by.organisation, by, "gave seats", period.name, count=added, **detail)
        record(TeamChanged(period_id=period.pk))
    return added


@transaction.atomic
def leave_seat(seat: Seat, *, by: Member) -> None:
    _still_open(seat.period)
    if Seat.objects.filter(pk=seat.pk, left_at=None).update(left_at=clock.now()):
        audit.note(by.organisation, by, "took a seat back", seat.period.name, member=seat.member_id)
        record(TeamChanged(period_id=seat.period_id))


@transaction.atomic
def restore_seat(seat: Seat, *, by: Member) -> None:
    """Undo. Nothing to do when the person has got another seat meanwhile."""
    _still_open(seat.period)
    try:
        with transaction.atomic():
            restored = Seat.objects.filter(pk=seat.pk).exclude(left_at=None).update(left_at=None)
    except IntegrityError:
        return
    if restored:
        audit.note(by.organisation, by, "gave a seat again", seat.period.name, member=seat.member_id)
        record(TeamChanged(period_id=seat.period_id))
