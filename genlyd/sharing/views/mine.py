from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.links.totals import visits_of
from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.forms import PostedForm
from genlyd.sharing.queries import drafts_of, my_shares, posts
from genlyd.sharing.views.figures import just_typed

POSTS_A_PAGE = 20


@member_page
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """The member's own posts. Nobody else sees this page, whatever their role."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    shares = my_shares(request.member)
    if words:
        shares = shares.filter(text__icontains=words)
    page = Paginator(shares, POSTS_A_PAGE).get_page(request.GET.get("page"))
    shown = posts(page.object_list)
    context = {
        "page": page,
        "posts": shown,
        "moving": any(post.is_moving for post in shown),
        "drafts": [] if words or page.number > 1 else drafts_of(request.member)[:5],
        "visits": None if words or page.number > 1 else visits_of(request.member, clock.now()),
        "words": words,
        "form": PostedForm(),
        "typed_last": just_typed(request.session),
    }
    return render(request, "sharing/mine.html", context)
