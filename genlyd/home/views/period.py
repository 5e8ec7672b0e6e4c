from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.home.queries import PeriodState, period_state
from genlyd.home.words import TITLES, Next, say
from genlyd.people.access import MemberRequest, is_lead, member_page
from genlyd.programmes.access import period_for
from genlyd.programmes.domain.checklist import obstacles, questions
from genlyd.programmes.queries import nearest_period


@dataclass(frozen=True)
class Block:
    number: int
    title: str
    state: str
    next: Next | None


def _blocks(state: PeriodState, today: object) -> list[Block]:
    return [
        Block(
            question.number,
            str(TITLES[question.number]),
            question.state,
            say(question.next, state.period.pk) if question.next else None,
        )
        for question in questions(state.facts, today)  # type: ignore[arg-type]
    ]


@member_page
@require_safe
def nearest(request: MemberRequest) -> HttpResponse:
    """The period a person most likely means."""
    period = nearest_period(request.member, clock.today(request.member.organisation.time_zone))
    if period is None:
        return redirect("programmes:list" if is_lead(request.member) else "home:today")
    return redirect("home:period", period.pk)


@member_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    today = clock.today(request.member.organisation.time_zone)
    state = period_state(period, now=clock.now(), today=today)
    days = (period.ends_on - period.starts_on).days + 1
    gone = min(max((today - period.starts_on).days, 0), days)
    context = {
        "period": period,
        "state": state,
        "blocks": _blocks(state, today),
        "obstacles": [say(item, period.pk) for item in obstacles(state.facts, today)],
        "days": days,
        "days_gone": gone,
        "days_left": days - gone,
        "before": today < period.starts_on,
        "leading": is_lead(request.member),
    }
    template = "home/period.html" if is_lead(request.member) else "home/period_participant.html"
    return render(request, template, context)
