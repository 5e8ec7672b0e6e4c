"""Lists of links outside shares: one's own, and the organisation's."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links.access import HOUSE, OWN, house_links, own_links, targets_in_trouble
from genlyd.links.actions.outside import make_outside_link
from genlyd.links.forms import LinkForm, NewLinkForm
from genlyd.links.models import Link
from genlyd.links.purposes import purposes_for
from genlyd.links.queries import found, shown
from genlyd.people.access import MemberRequest, editor_page, member_page

LINKS_A_PAGE = 30


@member_page
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """One's own links outside shares. Nobody else sees this page, whatever their role."""
    return _list(request, own_links(request.member), "links/mine.html")


@editor_page
@require_safe
def house(request: MemberRequest) -> HttpResponse:
    troubled = targets_in_trouble(request.member).count()
    return _list(request, house_links(request.member), "links/house.html", troubled=troubled)


@member_page
@require_http_methods(["GET", "POST"])
def new_own(request: MemberRequest) -> HttpResponse:
    return _new(request, OWN, "links/new_own.html")


@editor_page
@require_http_methods(["GET", "POST"])
def new_house(request: MemberRequest) -> HttpResponse:
    return _new(request, HOUSE, "links/new_house.html")


def _list(request: MemberRequest, links: QuerySet[Link], template: str, **more: object) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = Paginator(found(links, words), LINKS_A_PAGE).get_page(request.GET.get("page"))
    rows = shown(page.object_list, organisation_id=request.member.organisation_id, now=clock.now())
    return render(request, template, {"page": page, "rows": rows, "words": words, **more})


def _new(request: MemberRequest, kinds: Sequence[str], template: str) -> HttpResponse:
    start = {"kind": kinds[0], "target": request.member.organisation.website, **_asked(request, kinds)}
    purposes = purposes_for(request.member)
    own = kinds is OWN
    form = NewLinkForm(request.POST or None, kinds=kinds, purposes=purposes, own=own, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            link = make_outside_link(
                by=request.member, kind=form.cleaned_data["kind"], wish=form.wish(), now=clock.now()
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Your link is ready: %(url)s") % {"url": link.url})
            return redirect("links:link", pk=link.pk)
    return render(request, template, {"form": form}, status=422 if form.errors else 200)


def _asked(request: HttpRequest, kinds: Sequence[str]) -> dict[str, str]:
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in kinds else {}


def add_refusal(form: LinkForm, refused: Refused) -> None:
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, f"{refused.message} {refused.next_step}")
