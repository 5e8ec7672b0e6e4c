"""Reads of the plan."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet

from genlyd.content.models import Story
from genlyd.people.models import Member
from genlyd.plan.access import lines_of
from genlyd.plan.models import PlanLine
from genlyd.programmes.models import Period, Seat
from genlyd.programmes.queries import find_members

#: More than this in one month is not a plan one can read; the page says how many it leaves out.
MOST_PER_MONTH = 300
STORIES_TO_CHOOSE = 50
SUGGESTED = 12


@dataclass
class DayPlan:
    lines: list[PlanLine] = field(default_factory=list)
    begins: list[Story] = field(default_factory=list)
    ends: list[Story] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.lines or self.begins or self.ends)


def lines_of_period(period: Period, *, done: bool) -> QuerySet[PlanLine]:
    """By deadline; done ones newest first."""
    lines = PlanLine.objects.filter(period=period, done_at__isnull=not done)
    lines = lines.select_related("focus_area", "story", "responsible")
    return lines.order_by("-done_at", "-pk") if done else lines.order_by("due_on", "pk")


def my_lines(member: Member) -> QuerySet[PlanLine]:
    """Open lines the member is responsible for, in periods that are not closed."""
    return (
        PlanLine.objects.filter(responsible=member, done_at=None, period__closed_at=None)
        .select_related("focus_area", "story", "responsible", "period")
        .order_by("due_on", "pk")
    )


def calendar_of(member: Member, first: date, last: date, zone: ZoneInfo) -> tuple[dict[date, DayPlan], int]:
    """What happens on each day from first to last, and how many things were left out. Three queries."""
    days: dict[date, DayPlan] = defaultdict(DayPlan)
    lines = list(
        lines_of(member)
        .filter(due_on__range=(first, last))
        .select_related("responsible", "focus_area")
        .order_by("due_on", "pk")[: MOST_PER_MONTH + 1]
    )
    for line in lines[:MOST_PER_MONTH]:
        days[line.due_on].lines.append(line)
    start = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    stories = Story.objects.filter(
        organisation_id=member.organisation_id, published_at__isnull=False, retired_at=None
    ).only("pk", "sentence", "not_before", "expires_at")
    begins = stories.filter(not_before__gte=start, not_before__lt=end).order_by("not_before")
    ends = stories.filter(offered_until__gte=start, offered_until__lt=end).order_by("offered_until")
    starting, ending = list(begins[: MOST_PER_MONTH + 1]), list(ends[: MOST_PER_MONTH + 1])
    for story in starting[:MOST_PER_MONTH]:
        day = days[story.not_before.astimezone(zone).date()]
        # The plan line of the day says it already.
        if story.pk not in {line.story_id for line in day.lines}:
            day.begins.append(story)
    for story in ending[:MOST_PER_MONTH]:
        assert story.expires_at is not None
        # A story that expires at midnight is offered until the day before.
        days[(story.expires_at - timedelta(minutes=1)).astimezone(zone).date()].ends.append(story)
    left_out = sum(max(0, len(rows) - MOST_PER_MONTH) for rows in (lines, starting, ending))
    return dict(days), left_out


def stories_to_choose(period: Period, *, keep: int | None = None) -> QuerySet[Story]:
    """For a plan line: the period's newest stories, and the one already chosen."""
    newest = (
        Story.objects.filter(organisation_id=period.organisation_id, period=period, retired_at=None)
        .order_by("-created_at")
        .values("pk")[:STORIES_TO_CHOOSE]
    )
    wanted = [*newest.values_list("pk", flat=True), *([keep] if keep else [])]
    return Story.objects.filter(pk__in=wanted).order_by("-created_at")


def suggested_responsible(period: Period, search: str) -> list[Member]:
    """Colleagues to choose from while typing: those in the team first."""
    seated = Seat.objects.filter(period=period, member=OuterRef("pk"), left_at=None)
    found = find_members(period.organisation, search=search)
    if not search:
        return list(found.filter(Exists(seated))[:SUGGESTED])
    return list(
        found.annotate(in_team=Exists(seated)).order_by(F("in_team").desc(), "sort_name", "pk")[:SUGGESTED]
    )
