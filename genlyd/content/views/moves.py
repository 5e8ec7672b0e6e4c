"""Publish, take back, retire, bring back: one button each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.content import access
from genlyd.content.actions import stories
from genlyd.people.access import MemberRequest, editor_page


@editor_page
@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    story, by = access.story_to_edit(request.member, pk), request.member
    deed = request.POST.get("deed", "")
    try:
        if deed == "publish":
            stories.publish_story(story=story, by=by, now=clock.now())
            messages.success(request, _("The story is out."))
        elif deed == "unpublish":
            stories.unpublish_story(story=story, by=by)
            messages.success(request, _("The story is a draft again."))
        elif deed == "retire":
            stories.retire_story(story=story, by=by, now=clock.now())
            messages.success(request, _("The story is no longer offered."))
        elif deed == "restore":
            stories.restore_story(story=story, by=by)
            messages.success(request, _("The story is back."))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, f"{refusal.message} {refusal.next_step}")
        return redirect("content:edit" if refusal.field else "content:story", pk=pk)
    return redirect("content:story", pk=pk)
