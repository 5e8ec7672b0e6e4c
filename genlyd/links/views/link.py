"""One link: what it is called, where it leads, how often it is used, and its QR code."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links import qr
from genlyd.links.access import OWN, changeable_link_for, link_for
from genlyd.links.actions.outside import bring_back, change_outside_link
from genlyd.links.actions.retire import retire_link
from genlyd.links.forms import LinkForm, known
from genlyd.links.models import Link
from genlyd.links.purposes import purpose_of, purposes_for
from genlyd.links.queries import DAYS, Shown, shown
from genlyd.links.views.lists import add_refusal
from genlyd.people.access import MemberRequest, member_page
from genlyd.ui.charts import Chart, Point, line


@member_page
@require_safe
def show(request: MemberRequest, pk: int) -> HttpResponse:
    row = _shown(request, link_for(request.member, pk))
    context = {
        "row": row, "link": row.link, "chart": _chart(row), "layout": _layout(row.link), "days": DAYS,
        "purpose": purpose_of(request.member, row.link),
    }  # fmt: skip
    return render(request, "links/link.html", context)


@member_page
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    changing = changeable_link_for(request.member, pk)
    form = LinkForm(
        request.POST or None, purposes=purposes_for(request.member, changing.made_for), own=changing.kind in OWN,
        initial=known(changing),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_outside_link(by=request.member, link=changing, wish=form.wish(), now=clock.now())
        except Refused as refused:
            add_refusal(form, refused)
            changing.refresh_from_db()
        else:
            messages.success(request, _("Saved. The link leads there from now on."))
            return redirect("links:link", pk=pk)
    context = {"form": form, "link": changing, "layout": _layout(changing)}
    return render(request, "links/change.html", context, status=422 if form.errors else 200)


@member_page
@require_POST
def retire(request: MemberRequest, pk: int) -> HttpResponse:
    retire_link(link=changeable_link_for(request.member, pk), now=clock.now())
    messages.success(request, _("The link is closed. You can open it again below."))
    return redirect("links:link", pk=pk)


@member_page
@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    bring_back(by=request.member, link=changeable_link_for(request.member, pk))
    messages.success(request, _("The link works again."))
    return redirect("links:link", pk=pk)


@member_page
@require_safe
@cache_control(private=True, max_age=300)
def qr_svg(request: MemberRequest, pk: int) -> HttpResponse:
    shown_link = link_for(request.member, pk)
    level = qr.PRINT if "print" in request.GET else qr.SCREEN
    picture = qr.svg(shown_link.url, level=level, title=shown_link.url)
    return _file(request, shown_link, picture, "image/svg+xml", "svg")


@member_page
@require_safe
@cache_control(private=True, max_age=300)
def qr_png(request: MemberRequest, pk: int) -> HttpResponse:
    shown_link = link_for(request.member, pk)
    return _file(request, shown_link, qr.png(shown_link.url), "image/png", "png")


def _file(request: MemberRequest, link: Link, body: bytes, kind: str, ending: str) -> HttpResponse:
    """Shown in the page, or saved under a name that says what it is: qr-open-house.svg."""
    way = "attachment" if "save" in request.GET else "inline"
    name = f"qr-{slugify(link.slug)}.{ending}"
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'{way}; filename="{name}"'}
    )  # fmt: skip


def _shown(request: MemberRequest, link: Link) -> Shown:
    return shown([link], organisation_id=request.member.organisation_id, now=clock.now())[0]


def _layout(link: Link) -> str:
    """The organisation's links live among the pages of those who lead, people's own among their own."""
    return "ui/lead.html" if link.member_id is None else "ui/participant.html"


def _chart(row: Shown) -> Chart | None:
    if not row.total:
        return None
    first = row.now.date() - timedelta(days=DAYS - 1)
    days = [Point(first + timedelta(days=number), visits) for number, visits in enumerate(row.visits)]
    said = ngettext("%(n)s visit in 30 days.", "%(n)s visits in 30 days.", row.total) % {"n": row.total}
    return line(_("Visits by people, day by day"), said, days, label=_("Visits"))
