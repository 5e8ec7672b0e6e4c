"""How publishing stands, for administrators. Says who has to connect again, never what anybody posts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.networks.registry import NETWORKS
from genlyd.people.access import MemberRequest, administrator_page
from genlyd.sharing import status as publishing

PER_PAGE = 25


@require_safe
@administrator_page
def status(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    rows = publishing.queue(request.member)
    in_need = publishing.accounts_in_need(request.member, now=now)
    page = Paginator(in_need, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": publishing.lines(request.member, rows, now=now),
        "doings": publishing.doings(rows),
        "late": publishing.late(request.member, now=now),
        "page": page,
        "in_need": [(account, NETWORKS[account.network]) for account in page if account.network in NETWORKS],
        "now": now,
    }
    return render(request, "sharing/status.html", context)
