"""Editors and leads make the plan; whoever is responsible for a line sees it and says when it is done."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from genlyd.base.tenancy import one_or_404
from genlyd.people.access import is_editor
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine
from genlyd.programmes.access import period_for
from genlyd.programmes.models import Period


def lines_of(member: Member) -> QuerySet[PlanLine]:
    lines = PlanLine.objects.filter(organisation_id=member.organisation_id)
    return lines if is_editor(member) else lines.filter(Q(responsible=member))


def line_for(member: Member, pk: int) -> PlanLine:
    return one_or_404(
        lines_of(member).select_related(
            "period__programme", "focus_area", "story", "responsible", "done_by", "organisation"
        ),
        pk=pk,
    )


def plan_period_for(member: Member, pk: int) -> Period:
    """Editors plan every period of their organisation; others see those they have a part in."""
    if is_editor(member):
        periods = Period.objects.filter(organisation_id=member.organisation_id)
        return one_or_404(periods.select_related("programme"), pk=pk)
    return period_for(member, pk)
