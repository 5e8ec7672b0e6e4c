"""The base counts of a period at the end of a day, read from rows and rollups. Only those that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from genlyd.content.models import Story
from genlyd.measurement.domain.counts import Counts, Known, Span, headcount
from genlyd.measurement.domain.dictionary import Definition
from genlyd.measurement.queries import visits
from genlyd.measurement.queries.days import end_of
from genlyd.measurement.queries.shares import confirmed
from genlyd.measurement.queries.told import SUMS, told_figures
from genlyd.people.models import Consent, Invitation
from genlyd.programmes.models import Period, Seat
from genlyd.rules.models import Acknowledgement, Guideline
from genlyd.sharing.models import Share


def counts_for(definitions: Iterable[Definition], period: Period, day: date) -> Counts:
    """What these KPIs need, and no more: each source is read once, whatever hangs on it."""
    wanted = {
        name
        for definition in definitions
        for name in (definition.numerator, definition.denominator, definition.basis and "shares")
        if name
    }
    found: dict[str, Any] = {}
    for names, load in _SOURCES:
        if wanted & names:
            found |= load(period, day, end_of(period, day))
    return Counts(first=period.starts_on, day=day, **found)


def _spans(sql: str, *values: str | int) -> tuple[Span, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(Span(first, until, people) for first, until, people in cursor.fetchall())


def eligible_spans(period: Period) -> tuple[Span, ...]:
    zone = period.organisation.time_zone
    return _spans(
        "SELECT (seat.taken_at AT TIME ZONE %s)::date, (LEAST(seat.left_at, member.left_at) AT TIME ZONE %s)::date,"
        " count(*) FROM programmes_seat seat JOIN people_member member ON member.id = seat.member_id"
        " WHERE seat.period_id = %s GROUP BY 1, 2",
        zone, zone, period.pk,
    )  # fmt: skip


def registered_spans(period: Period) -> tuple[Span, ...]:
    """Those with a seat whose consent was in force: both, on the same day."""
    zone = period.organisation.time_zone
    return _spans(
        "SELECT * FROM (SELECT (GREATEST(seat.taken_at, consent.given_at) AT TIME ZONE %s)::date AS first,"
        " (LEAST(seat.left_at, member.left_at, consent.withdrawn_at) AT TIME ZONE %s)::date AS until, count(*)"
        " FROM programmes_seat seat JOIN people_member member ON member.id = seat.member_id"
        " JOIN people_consent consent ON consent.member_id = member.id WHERE seat.period_id = %s GROUP BY 1, 2"
        ") spans WHERE until IS NULL OR until > first",
        zone, zone, period.pk,
    )  # fmt: skip


def _headcounts(period: Period, _day: date, _end: datetime) -> dict[str, Any]:
    return {"eligible_spans": eligible_spans(period), "registered_spans": registered_spans(period)}


def seated(period: Period, end: datetime) -> QuerySet[Seat]:
    """Seats held at that moment by people who had not left the organisation."""
    return Seat.objects.filter(period=period, taken_at__lt=end).filter(
        Q(left_at=None) | Q(left_at__gte=end), Q(member__left_at=None) | Q(member__left_at__gte=end)
    )


def _registered(period: Period, end: datetime) -> QuerySet[Consent]:
    return Consent.objects.filter(member__in=seated(period, end).values("member"), given_at__lt=end).filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=end)
    )


def _invitations(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    sent = Invitation.objects.filter(member__in=seated(period, end).values("member"), sent_at__lt=end)
    return sent.aggregate(
        invited=Count("member", distinct=True),
        accepted=Count("member", distinct=True, filter=Q(accepted_at__lt=end)),
    )


def _readiness(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    """Ready to share: registered, signed in, and has read the guidelines. Sharing by hand needs nothing else."""
    read = Acknowledgement.objects.filter(at__lt=end, organisation_id=period.organisation_id)
    ready = _registered(period, end).filter(member__joined_at__lt=end, member__in=read.values("member"))
    return {"onboarded": ready.values("member").distinct().count()}


def _rules(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    newest = (
        Guideline.objects.filter(organisation_id=period.organisation_id, published_at__lt=end)
        .order_by("-version")
        .first()
    )
    if newest is None:
        return {"rules_current": None}
    read = Acknowledgement.objects.filter(guideline=newest, at__lt=end)
    current = _registered(period, end).filter(member__in=read.values("member"))
    return {"rules_current": current.values("member").distinct().count()}


def _shares(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    return confirmed(period, end).aggregate(
        shares=Count("pk"),
        active=Count("member", distinct=True),
        linked_shares=Count("link"),
        own_words=Count("pk", filter=Q(own_words=True)),
        needs_disclosure=Count("disclosed"),
        disclosed=Count("pk", filter=Q(disclosed=True)),
    )


def _followers(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    """Each share's followers, and each account's newest: one person on one network counts once."""
    shares = confirmed(period, end).filter(followers__isnull=False)
    sums = shares.aggregate(
        shares=Count("pk"), people=Count("member", distinct=True), all=Sum("followers", default=0)
    )
    newest = shares.order_by("member_id", "network", "-confirmed_at", "-pk").distinct("member_id", "network")
    once = Share.objects.filter(pk__in=newest.values("pk")).aggregate(all=Sum("followers", default=0))
    return {
        "followed": Known(sums["shares"], sums["people"]),
        "follower_sum": sums["all"],
        "unique_follower_sum": once["all"],
    }


def _visits(period: Period, day: date, _end: datetime) -> dict[str, Any]:
    """From the totals that ingest keeps; clicks themselves are never scanned."""
    return {"visits": visits.total(period, day)}


def _stories(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    published = Story.objects.filter(period=period, published_at__lt=end)
    shared = confirmed(period, end).filter(story__in=published)
    pairs = shared.values("story", "member").distinct()
    return {
        "stories": published.count(),
        "stories_shared": shared.values("story").distinct().count(),
        "story_sharers": pairs.count(),
    }


def _audience(period: Period, day: date, end: datetime) -> dict[str, Any]:
    """Everybody in the team, or those of the departments and places a story is for. Shown is not seen: estimated."""
    published = Story.objects.filter(period=period, published_at__lt=end)
    everybody = headcount(eligible_spans(period), day)
    narrow = published.filter(audience__isnull=False).distinct().prefetch_related("audience")
    seats, total = seated(period, end), 0
    for story in narrow:
        teams = [team.pk for team in story.audience.all()]
        total += seats.filter(Q(member__department__in=teams) | Q(member__location__in=teams)).count()
    return {"story_audience": total + everybody * (published.count() - len(narrow))}


def _first_shares(period: Period, _day: date, end: datetime) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT GREATEST(0, EXTRACT(EPOCH FROM min(share.confirmed_at) - COALESCE("
            "(SELECT min(sent_at) FROM people_invitation WHERE member_id = share.member_id),"
            "(SELECT min(taken_at) FROM programmes_seat WHERE member_id = share.member_id AND period_id = %s),"
            " min(share.confirmed_at)))) / 86400.0 FROM sharing_share share"
            " WHERE share.period_id = %s AND share.confirmed_at < %s"
            " AND (share.deleted_at IS NULL OR share.deleted_at >= %s) GROUP BY share.member_id",
            [period.pk, period.pk, end, end],
        )
        return {"first_share_after": tuple(float(row[0]) for row in cursor.fetchall())}


Source = Callable[[Period, date, datetime], dict[str, Any]]
#: Which counts come from where.
_SOURCES: tuple[tuple[set[str], Source], ...] = (
    ({"eligible", "registered", "registered_mean"}, _headcounts),
    ({"invited", "accepted"}, _invitations),
    ({"onboarded"}, _readiness),
    ({"rules_current"}, _rules),
    (
        {
            "shares",
            "active",
            "linked_shares",
            "own_words",
            "needs_disclosure",
            "disclosed",
            "visits",
        },
        _shares,
    ),
    ({"visits"}, _visits),
    ({"stories", "stories_shared", "story_sharers"}, _stories),
    ({"story_audience"}, _audience),
    ({"first_share_days"}, _first_shares),
    ({"followers", "unique_followers"}, _followers),
    (SUMS, told_figures),
)
