from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.people.access import MemberRequest, editor_page
from genlyd.plan.domain.month import parse
from genlyd.plan.queries import DayPlan, calendar_of
from genlyd.programmes.models import Period


@editor_page
@require_safe
def shown(request: MemberRequest) -> HttpResponse:
    house = request.member.organisation
    today = clock.today(house.time_zone)
    month = parse(request.GET.get("month", ""), today)
    weeks = month.weeks
    first, last = weeks[0].days[0], weeks[-1].days[-1]
    plans, left_out = calendar_of(request.member, first, last, ZoneInfo(house.time_zone))
    context = {
        "month": month,
        "weeks": [
            {
                "number": week.number,
                "days": [(day, plans.get(day, DayPlan()), day.month == month.month) for day in week.days],
            }
            for week in weeks
        ],
        "today": today,
        "is_empty": not plans,
        "left_out": left_out,
        "periods": list(
            Period.objects.filter(organisation=house, closed_at=None).order_by("-starts_on", "-pk")[:10]
        ),
    }
    return render(request, "plan/calendar.html", context)
