from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.content import queries
from genlyd.content.views import asked
from genlyd.people.access import MemberRequest, is_editor, member_page

STORIES_A_PAGE = 12


@member_page
@require_safe
def library(request: MemberRequest) -> HttpResponse:
    """Every story the member may tell now."""
    offered = queries.stories_for(request.member, clock.now())
    words, area = asked.words(request), asked.number(request, "focus")
    shown = queries.found(offered.filter(focus_area=area) if area else offered, words)
    context = {
        "page": Paginator(shown, STORIES_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "area": area,
        "areas": queries.focus_areas_of(request.member),
        "narrowed": bool(words or area),
        "edits": is_editor(request.member),
    }
    part = "#found" if request.htmx and request.htmx.target == "found" else ""
    return render(request, f"content/library.html{part}", context)
