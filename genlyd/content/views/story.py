from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.content import access
from genlyd.content.actions.preview import FAULTS
from genlyd.content.models import Story
from genlyd.people.access import MemberRequest, is_editor, member_page


@member_page
@require_safe
def story(request: MemberRequest, pk: int) -> HttpResponse:
    shown = access.story_for(request.member, pk, on_offer=False)
    now = clock.now()
    context = {
        "story": shown,
        "edits": is_editor(request.member),
        "offered": is_offered(shown, request),
        "expired": bool(shown.expires_at and shown.expires_at <= now),
        "waits": bool(shown.published_at and shown.not_before > now),
        "preview_fault": FAULTS.get(shown.preview_error),
        "fetching": is_fetching(shown),
    }
    part = "#preview" if request.htmx and request.htmx.target == "preview" else ""
    return render(request, f"content/story.html{part}", context)


def is_offered(shown: Story, request: MemberRequest) -> bool:
    """Can be told now, by this member."""
    offered = access.stories_of_house(request.member).filter(pk=shown.pk).on_offer(clock.now())
    return access.meant_for(offered.filter(access.OPEN_PERIOD), request.member).exists()


def is_fetching(shown: Story) -> bool:
    """The worker has not looked at the link yet."""
    return bool(shown.url and shown.preview_fetched_at is None and not shown.preview_title)
