from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.home.queries import feed_items_to_review
from genlyd.home.today import today_of
from genlyd.people.access import MemberRequest, is_editor, is_lead, member_page


@member_page
@require_safe
def shown(request: MemberRequest) -> HttpResponse:
    member = request.member
    day = clock.today(member.organisation.time_zone)
    context = {
        "today": today_of(member, now=clock.now(), day=day),
        "day": day,
        "leading": is_lead(member),
        "to_review": feed_items_to_review(member.organisation_id) if is_editor(member) else 0,
    }
    return render(request, "home/today.html", context)
