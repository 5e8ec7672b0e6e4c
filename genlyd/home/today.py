"""What the first page knows: a fixed number of questions to the database, however large the organisation is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from genlyd.content.models import Story
from genlyd.content.queries import stories_for
from genlyd.home.domain.chosen import Candidate, choose
from genlyd.measurement.models import Kpi
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine
from genlyd.programmes.models import Period, Seat
from genlyd.rules.models import Guideline
from genlyd.rules.queries import guideline_to_acknowledge
from genlyd.sharing.models import Draft, Share
from genlyd.sharing.queries import Post, awaiting_confirmation, drafts_of, my_shares, posts

#: The newest stories are looked at first; a handful is chosen from so many.
CANDIDATES = 100
DRAFTS = 3
LINES = 5


@dataclass(frozen=True)
class Offer:
    story: Story
    reason: str


@dataclass(frozen=True)
class Today:
    period: Period | None
    offers: list[Offer]
    drafts: list[Draft]
    waiting: list[Post]
    last: Post | None
    guideline: Guideline | None
    lines: list[PlanLine]
    kpis: list[Kpi]


def today_of(member: Member, *, now: datetime, day: date) -> Today:
    period = _my_period(member, day)
    return Today(
        period=period,
        offers=offers_for(member, now=now, period=period),
        drafts=list(drafts_of(member)[:DRAFTS]),
        waiting=awaiting_confirmation(member),
        last=_last_share(member),
        guideline=guideline_to_acknowledge(member),
        lines=my_lines(member),
        kpis=_kpis_to_share(member, day),
    )


def _my_period(member: Member, day: date) -> Period | None:
    """The running period in which the member has a seat; else the newest running one of the organisation, whose
    sentence everybody may read."""
    seat = Seat.objects.filter(period=OuterRef("pk"), member=member, left_at=None)
    return (
        Period.objects.filter(organisation_id=member.organisation_id)
        .running(day)
        .select_related("programme")
        .annotate(is_mine=Exists(seat))
        .order_by("-is_mine", "-starts_on", "-pk")
        .first()
    )


def offers_for(member: Member, *, now: datetime, period: Period | None) -> list[Offer]:
    """A handful of stories on offer that the member has not shared: two queries."""
    shared = Share.objects.filter(story=OuterRef("pk"), member=member, cancelled_at=None).exclude(
        network="practice"
    )
    newest = list(stories_for(member, now).filter(~Exists(shared))[:CANDIDATES])
    language = get_language()
    mine = period.pk if period and getattr(period, "is_mine", False) else None
    chosen = choose(
        (
            Candidate(
                pk=story.pk,
                published_at=story.published_at or now,
                expires_at=story.expires_at,
                in_my_period=story.period_id is not None and story.period_id == mine,
                for_my_team=bool(story.audience_ids),
                in_my_language=story.language == language,
                focus_area=story.focus_area_id,
            )
            for story in newest
        ),
        now,
    )
    by_pk = {story.pk: story for story in newest}
    return [Offer(by_pk[choice.pk], choice.reason) for choice in chosen]


def _last_share(member: Member) -> Post | None:
    """What came of the newest confirmed one: for the member's own eyes."""
    newest = my_shares(member).filter(confirmed_at__isnull=False, deleted_at=None)[:1]
    return next(iter(posts(newest)), None)


def my_lines(member: Member) -> list[PlanLine]:
    """Open plan lines the member is responsible for, by deadline."""
    return list(
        PlanLine.objects.filter(responsible=member, done_at=None, period__closed_at=None)
        .select_related("period")
        .order_by("due_on", "pk")[:LINES]
    )


def _kpis_to_share(member: Member, day: date) -> list[Kpi]:
    """KPIs whose owner is asked today to share them with the team."""
    return list(
        Kpi.objects.filter(
            owner=member,
            share_weekday=day.weekday(),
            period__opened_at__isnull=False,
            period__closed_at=None,
            period__starts_on__lte=day,
        ).select_related("period")
    )
