"""One search over what a member may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from genlyd.content.models import Story
from genlyd.content.queries import found, stories_for, stories_to_edit
from genlyd.people.access import is_editor, is_lead
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine
from genlyd.programmes.access import periods_of
from genlyd.programmes.models import Period, Programme
from genlyd.programmes.queries import find_members

MOST = 8
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    stories: list[Story]
    members: list[Member]
    programmes: list[Programme]
    periods: list[Period]
    lines: list[PlanLine]

    @property
    def nothing(self) -> bool:
        return not (self.stories or self.members or self.programmes or self.periods or self.lines)


def search(member: Member, words: str, *, now: datetime) -> Found:
    """Stories with Danish full text; names by any part of them. Colleagues and plans only for those who lead."""
    leads, edits = is_lead(member), is_editor(member)
    stories = stories_to_edit(member, words=words) if edits else found(stories_for(member, now), words)
    lines = PlanLine.objects.filter(period__in=periods_of(member), title__icontains=words)
    return Found(
        stories=list(stories[:MOST]),
        members=list(find_members(member.organisation, search=words)[:MOST]) if leads else [],
        programmes=list(
            Programme.objects.filter(organisation_id=member.organisation_id, name__icontains=words).order_by(
                "-created_at"
            )[:MOST]
        )
        if leads
        else [],
        periods=list(periods_of(member).filter(name__icontains=words).select_related("programme")[:MOST]),
        lines=list(lines.select_related("period").order_by("-due_on")[:MOST]) if edits else [],
    )
