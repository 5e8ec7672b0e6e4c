from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.people.access import MemberRequest, editor_page
from genlyd.plan.access import plan_period_for
from genlyd.plan.domain.deadlines import nearness
from genlyd.plan.queries import lines_of_period, suggested_responsible
from genlyd.programmes.fields import label_of

PER_PAGE = 50


@editor_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = plan_period_for(request.member, pk)
    show_done = request.GET.get("show") == "done"
    today = clock.today(request.member.organisation.time_zone)
    page = Paginator(lines_of_period(period, done=show_done), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(nearness(line.due_on, today, done=bool(line.done_at)), line) for line in page]
    context = {
        "period": period,
        "page": page,
        "rows": rows,
        "show_done": show_done,
        "removed": request.GET.get("removed", ""),
    }
    return render(request, "plan/list.html", context)


@editor_page
@require_safe
def colleagues(request: MemberRequest, pk: int) -> HttpResponse:
    """Options for the field of the responsible person, while typing."""
    period = plan_period_for(request.member, pk)
    found = suggested_responsible(period, request.GET.get("responsible", "").strip()[:100])
    labels = [label_of(member) for member in found]
    return render(request, "plan/parts/colleagues.html", {"labels": labels})
