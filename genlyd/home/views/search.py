from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.home.search import SHORTEST, search
from genlyd.people.access import MemberRequest, is_editor, member_page


@member_page
@require_safe
def shown(request: MemberRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:100]
    found = search(request.member, words, now=clock.now()) if len(words) >= SHORTEST else None
    context = {
        "words": words,
        "found": found,
        "too_short": bool(words) and found is None,
        "layout": "ui/lead.html" if is_editor(request.member) else "ui/participant.html",
    }
    return render(request, "home/search.html", context)
