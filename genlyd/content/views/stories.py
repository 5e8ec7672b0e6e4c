from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.content import queries
from genlyd.content.models import StoryState
from genlyd.content.views import asked
from genlyd.people.access import MemberRequest, editor_page

STORIES_A_PAGE = 25


@editor_page
@require_safe
def stories(request: MemberRequest) -> HttpResponse:
    """All stories of the organisation, for those who write them."""
    words, state = asked.words(request), request.GET.get("state", "")
    period, area = asked.number(request, "period"), asked.number(request, "focus")
    shown = queries.stories_to_edit(request.member, state=state, period=period, focus_area=area, words=words)
    context = {
        "page": Paginator(shown, STORIES_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "state": state,
        "states": StoryState.choices,
        "period": period,
        "area": area,
        "periods": queries.periods_to_choose(request.member),
        "areas": queries.focus_areas_of(request.member),
        "narrowed": bool(words or state or period or area),
    }
    part = "#found" if request.htmx and request.htmx.target == "found" else ""
    return render(request, f"content/stories.html{part}", context)
