from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.content import access, queries
from genlyd.content.actions import feeds as actions
from genlyd.content.forms import FeedForm
from genlyd.content.models import Feed
from genlyd.people.access import MemberRequest, editor_page

FEEDS_A_PAGE = 30


@editor_page
@require_http_methods(["GET", "POST"])
def feeds(request: MemberRequest) -> HttpResponse:
    """The feeds that are followed, and a form for another one."""
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.follow_feed(by=request.member, url=form.cleaned_data["url"], now=clock.now())
        except Refused as refusal:
            form.add_error("url", f"{refusal.message} {refusal.next_step}")
        else:
            messages.success(request, _("You now follow %(feed)s.") % {"feed": added})
            return redirect("content:review")
    page = Paginator(queries.feeds_of(request.member), FEEDS_A_PAGE).get_page(request.GET.get("page"))
    for shown in page:
        _dress(shown)
    context = {"form": form, "page": page}
    return render(request, "content/feeds.html", context, status=422 if form.errors else 200)


@editor_page
@require_safe
def feed(request: MemberRequest, pk: int) -> HttpResponse:
    """One row, asked for again and again while the worker checks."""
    shown = _with_waiting(request, access.feed_for(request.member, pk))
    return render(request, "content/parts/feed_row.html", {"feed": _dress(shown)})


@editor_page
@require_POST
def check(request: MemberRequest, pk: int) -> HttpResponse:
    shown = access.feed_for(request.member, pk)
    actions.check_now(feed=shown, now=clock.now())
    if request.htmx:
        shown = _with_waiting(request, shown)
        return render(request, "content/parts/feed_row.html", {"feed": _dress(shown)})
    messages.info(request, _("The feed is being checked. Look again in a moment."))
    return redirect("content:feeds")


@editor_page
@require_POST
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    stopped = actions.stop_feed(feed=access.feed_for(request.member, pk), now=clock.now())
    if request.htmx:
        return render(request, "content/parts/feed_row.html", {"feed": _dress(stopped)})
    messages.success(request, _("You no longer follow %(feed)s.") % {"feed": stopped})
    return redirect("content:feeds")


@editor_page
@require_POST
def resume(request: MemberRequest, pk: int) -> HttpResponse:
    actions.resume_feed(feed=access.feed_for(request.member, pk), now=clock.now())
    return redirect("content:feeds")


def _with_waiting(request: MemberRequest, shown: Feed) -> Feed:
    return queries.feeds_of(request.member).filter(pk=shown.pk).first() or shown


def _dress(shown: Feed) -> Feed:
    """What the row says beside the columns: the fault in words, and whether the worker is at it."""
    since = shown.checking_since
    shown.fault = actions.FAULTS.get(shown.error)  # type: ignore[attr-defined]
    shown.is_checking = bool(since and since > clock.now() - actions.CHECK_TAKES)  # type: ignore[attr-defined]
    return shown
