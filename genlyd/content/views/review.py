"""What feeds brought: take it as a draft, or skip it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.content import access, queries
from genlyd.content.actions import review as actions
from genlyd.content.models import FeedItem
from genlyd.content.views import asked
from genlyd.people.access import MemberRequest, editor_page

ITEMS_A_PAGE = 20
MOST_AT_ONCE = 100


@editor_page
@require_safe
def review(request: MemberRequest) -> HttpResponse:
    feed = asked.number(request, "feed")
    feeds = list(queries.feeds_of(request.member)[:100])
    context = {
        "page": Paginator(queries.items_to_review(request.member, feed=feed), ITEMS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "feed": feed,
        "feeds": feeds,
        # Just skipped, so that it can be taken back, also without JavaScript.
        "skipped": access.items_for(request.member, _numbers(request.GET.get("skipped", "").split(","))),
    }
    return render(request, "content/review.html", context)


@editor_page
@require_POST
def decide(request: MemberRequest) -> HttpResponse:
    deed, _colon, one = request.POST.get("deed", "").partition(":")
    chosen = access.items_for(request.member, _numbers([one] if one else request.POST.getlist("item")))
    if not chosen:
        if one or deed != "skip":
            raise Http404
        messages.info(request, _("Choose something first."))
        return redirect("content:review")
    try:
        return _decided(request, deed, chosen)
    except Refused as refusal:
        messages.error(request, f"{refusal.message} {refusal.next_step}")
        return redirect("content:review")


def _decided(request: MemberRequest, deed: str, chosen: list[FeedItem]) -> HttpResponse:
    now, by = clock.now(), request.member
    if deed == "take":
        story = actions.take_item(item=chosen[0], by=by, now=now)
        messages.success(request, _("A draft was made of it. Say it in one true sentence."))
        return redirect("content:edit", pk=story.pk)
    if deed == "skip":
        done = actions.skip_items(items=chosen, by=by, now=now)
        if request.htmx:
            return render(request, "content/parts/review_row.html", {"item": chosen[0], "undo": True})
        numbers = ",".join(str(item.pk) for item in done)
        return redirect(f"{reverse('content:review')}?skipped={numbers}")
    if deed == "restore":
        actions.restore_items(items=chosen)
        if request.htmx:
            item = access.item_for(by, chosen[0].pk)
            return render(request, "content/parts/review_row.html", {"item": item})
        return redirect("content:review")
    raise Http404


def _numbers(texts: list[str]) -> list[int]:
    numbers = [asked.whole(text) for text in texts[:MOST_AT_ONCE]]
    return [number for number in numbers if number is not None]
