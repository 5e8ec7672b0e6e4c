"""Reads of programmes, periods and teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from genlyd.people.models import Consent, Member, Organisation, Team
from genlyd.people.queries import below
from genlyd.programmes.access import periods_of
from genlyd.programmes.models import Duty, Owner, Period, Programme, Seat

FOUND = 20


@dataclass(frozen=True)
class TeamCount:
    seats: int
    #: Seats of people who have not said yes to taking part yet. Only ever a number.
    not_yet_agreed: int


@dataclass(frozen=True)
class NamedDuty:
    duty: Duty
    member: Member | None


def programmes_of(member: Member) -> QuerySet[Programme]:
    """For the list: newest first, each with its periods (newest first) as `.periods.all()`."""
    return (
        Programme.objects.filter(organisation_id=member.organisation_id)
        .prefetch_related(Prefetch("periods", Period.objects.order_by("-starts_on", "-pk")))
        .order_by("-created_at", "-pk")
    )


def running_period(member: Member, day: date) -> Period | None:
    """The period a page speaks of when none is named: where the member has a seat or a duty if there is one,
    else (for leads) any running one."""
    seat = Seat.objects.filter(period=OuterRef("pk"), member=member, left_at=None)
    return (
        periods_of(member)
        .running(day)
        .select_related("programme")
        .order_by(Exists(seat).desc(), "-starts_on", "-pk")
        .first()
    )


def nearest_period(member: Member, day: date) -> Period | None:
    """The running one, else the newest draft, else the one that ended last."""
    return (
        running_period(member, day)
        or periods_of(member)
        .select_related("programme")
        .order_by(F("closed_at").desc(nulls_first=True), "-starts_on")
        .first()
    )


def team_count(period: Period) -> TeamCount:
    seats = Seat.objects.filter(period=period, left_at=None)
    agreed = Exists(Consent.objects.filter(member=OuterRef("member"), withdrawn_at=None))
    # Two counts: as a condition inside one aggregate the consent would be looked up seat by seat.
    total = seats.count()
    return TeamCount(total, total - seats.filter(agreed).count())


def seats_of(period: Period, search: str = "") -> QuerySet[Seat]:
    """Those in the team, by name."""
    seats = (
        # The organisation is said so that the index of names can give the order.
        Seat.objects.filter(period=period, left_at=None, member__organisation=period.organisation_id)
        .select_related("member__department", "member__location")
        .order_by("member__sort_name", "pk")
    )
    return seats.filter(member__name__icontains=search) if search else seats


def members_to_add(
    period: Period, *, search: str = "", team: Team | None = None, limit: int = FOUND
) -> list[Member]:
    """Colleagues without a seat. Nothing without a search or a team: nobody reads 100,000 names."""
    if not search and not team:
        return []
    seated = Seat.objects.filter(period=period, member=OuterRef("pk"), left_at=None)
    found = find_members(period.organisation, search=search, team=team)
    return list(found.filter(~Exists(seated))[:limit])


def find_members(
    organisation: Organisation, *, search: str = "", team: Team | None = None
) -> QuerySet[Member]:
    """Current members by part of the name (the trigram index answers) and department or location."""
    members = (
        Member.objects.current()
        .filter(organisation=organisation)
        .select_related("department", "location")
        .order_by("sort_name", "pk")
    )
    for word in search.split()[:5]:
        members = members.filter(name__icontains=word)
    if team:
        teams = below(organisation.pk, team.pk)
        members = members.filter(Q(department__in=teams) | Q(location__in=teams))
    return members


def teams_of(organisation: Organisation) -> list[Team]:
    """Departments first, then locations, by name: for a choice."""
    return list(Team.objects.filter(organisation=organisation).order_by("kind", "sort_name", "pk"))


def duties_of(period: Period) -> list[NamedDuty]:
    """All four, named or not. Who has left has no duty any more."""
    owners = Owner.objects.filter(period=period, member__left_at=None).select_related("member")
    named = {owner.duty: owner.member for owner in owners}
    return [NamedDuty(duty, named.get(duty)) for duty in Duty]


def owner_of(period: Period, duty: str) -> Member | None:
    owner = Owner.objects.filter(period=period, duty=duty).select_related("member").first()
    return owner.member if owner else None
