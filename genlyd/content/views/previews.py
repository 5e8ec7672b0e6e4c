"""The preview of a link: a look before saving, another try, or words of one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.content import access
from genlyd.content.actions import preview
from genlyd.content.forms import PreviewForm
from genlyd.people.access import MemberRequest, editor_page

#: A person waits for the answer.
SECONDS = 6.0


@editor_page
@require_safe
def peek(request: MemberRequest) -> HttpResponse:
    """What the page at `url` says about itself; stores nothing."""
    url = request.GET.get("url", "").strip()
    if url and "://" not in url:
        url = f"https://{url}"
    context: dict[str, object] = {"url": url}
    if url:
        try:
            context["seen"], context["where"] = preview.look_at(url, seconds=SECONDS)
        except Refused as refusal:
            context["refusal"] = refusal
    return render(request, "content/parts/peek.html", context)


@editor_page
@require_POST
def look(request: MemberRequest, pk: int) -> HttpResponse:
    story = access.story_to_edit(request.member, pk)
    preview.refresh_preview(story_id=story.pk, seconds=SECONDS)
    return redirect("content:story", pk=pk)


@editor_page
@require_POST
def reword(request: MemberRequest, pk: int) -> HttpResponse:
    story = access.story_to_edit(request.member, pk)
    form = PreviewForm(request.POST)
    if form.is_valid():
        preview.edit_preview(story=story, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("content:story", pk=pk)
    messages.error(request, _("The preview needs a title."))
    return redirect("content:edit", pk=pk)
