"""The practice wall: the member's own posts as others would see them. Nobody else sees this page."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.composer import networks_for
from genlyd.sharing.models import Share
from genlyd.sharing.queries import my_shares, posts, practised

POSTS_A_PAGE = 20


@member_page
@require_safe
def practice(request: MemberRequest) -> HttpResponse:
    page = Paginator(practised(request.member), POSTS_A_PAGE).get_page(request.GET.get("page"))
    rows = [(share, _for_real(share)) for share in page.object_list]
    moving = any(post.is_moving for post in posts(my_shares(request.member).filter(network="practice")[:3]))
    return render(request, "sharing/practice.html", {"page": page, "rows": rows, "moving": moving})


def _for_real(share: Share) -> str:
    """The composer with what was written, on the first network that the story suits."""
    first = networks_for(share.story)[0]
    return f"{reverse('sharing:compose', args=[share.story_id])}?network={first.key}"
