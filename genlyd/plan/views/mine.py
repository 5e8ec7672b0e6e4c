from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.people.access import MemberRequest, is_editor, member_page
from genlyd.plan.domain.deadlines import nearness
from genlyd.plan.queries import my_lines


@member_page
@require_safe
def shown(request: MemberRequest) -> HttpResponse:
    today = clock.today(request.member.organisation.time_zone)
    page = Paginator(my_lines(request.member), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(nearness(line.due_on, today, done=False), line) for line in page],
        "layout": "ui/lead.html" if is_editor(request.member) else "ui/participant.html",
    }
    return render(request, "plan/mine.html", context)
