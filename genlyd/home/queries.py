"""What the pages on top know of all areas. Each function asks a fixed number of questions, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from genlyd.content.models import FeedItem, Story
from genlyd.evaluation.models import Review
from genlyd.measurement.models import Kpi
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine
from genlyd.programmes.domain.checklist import PeriodFacts
from genlyd.programmes.models import Duty, Period
from genlyd.programmes.queries import NamedDuty, TeamCount, duties_of, team_count
from genlyd.rules.models import Guideline
from genlyd.rules.queries import Acknowledged, acknowledged, rules_of

#: Counting stops here: "more than a hundred to read" is enough to know.
ENOUGH = 100


@dataclass(frozen=True)
class PeriodState:
    """A period with everything its page says."""

    period: Period
    team: TeamCount
    duties: list[NamedDuty]
    focus_areas: list[str]
    sub_goals: list[str]
    stories: int
    lines: int
    lines_done: int
    next_line: PlanLine | None
    guideline: Guideline | None
    acknowledged: Acknowledged | None
    kpis: list[Kpi]
    review: Review | None
    decisions: int
    facts: PeriodFacts


def period_state(period: Period, *, now: datetime, today: date) -> PeriodState:
    team = team_count(period)
    duties = duties_of(period)
    focus_areas = [area.name for area in period.focus_areas.all()]
    stories = Story.objects.filter(organisation=period.organisation_id, period=period).on_offer(now).count()
    lines = PlanLine.objects.filter(period=period).aggregate(
        every=Count("pk"),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        late=Count("pk", filter=Q(done_at=None, due_on__lt=today)),
        nobody=Count("pk", filter=Q(done_at=None, responsible=None)),
    )
    next_line = (
        PlanLine.objects.filter(period=period, done_at=None, due_on__gte=today)
        .select_related("responsible")
        .order_by("due_on", "pk")
        .first()
    )
    guideline = (
        Guideline.objects.filter(organisation=period.organisation_id, published_at__isnull=False)
        .order_by("-version")
        .first()
    )
    kpis = list(Kpi.objects.filter(period=period).select_related("owner").order_by("position"))
    review = Review.objects.filter(period=period).annotate(decision_count=Count("decisions")).first()
    facts = PeriodFacts(
        opened=bool(period.opened_at),
        closed=bool(period.closed_at),
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        has_goal=bool(period.goal),
        seats=team.seats,
        not_yet_agreed=team.not_yet_agreed,
        owners=frozenset(named.duty.value for named in duties if named.member),
        focus_areas=len(focus_areas),
        stories_on_offer=stories,
        plan_lines=lines["every"],
        lines_without_responsible=lines["nobody"],
        late_lines=lines["late"],
        feed_items_to_review=feed_items_to_review(period.organisation_id),
        guideline_published=guideline is not None,
        rules_in_force=sum(1 for rule in rules_of(period.organisation) if rule.active),
        kpis=len(kpis),
        kpis_without_owner=sum(1 for kpi in kpis if not kpi.owner_id),
        review_begun=review is not None,
        review_finished=bool(review and review.finished_at),
        decisions=review.decision_count if review else 0,
        has_next=Period.objects.filter(previous=period).exists() if period.closed_at else False,
    )
    return PeriodState(
        period=period,
        team=team,
        duties=duties,
        focus_areas=focus_areas,
        sub_goals=[row.text for row in period.sub_goals.all()],
        stories=stories,
        lines=lines["every"],
        lines_done=lines["done"],
        next_line=next_line,
        guideline=guideline,
        acknowledged=acknowledged(guideline) if guideline else None,
        kpis=kpis,
        review=review,
        decisions=facts.decisions,
        facts=facts,
    )


def feed_items_to_review(organisation_id: int) -> int:
    """At most ENOUGH: the index feed_item_to_review is read no further."""
    waiting = FeedItem.objects.filter(organisation=organisation_id, state=FeedItem.State.NEW)
    return waiting.order_by()[:ENOUGH].count()


def duties_of_member(period: Period, member: Member) -> list[Duty]:
    return [named.duty for named in duties_of(period) if named.member and named.member.pk == member.pk]
