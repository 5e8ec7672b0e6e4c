from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.measurement.actions import freshen
from genlyd.measurement.board import Shown, board_of
from genlyd.measurement.charts import kpi_chart
from genlyd.measurement.domain.privacy import LEAST
from genlyd.measurement.queries import tables
from genlyd.measurement.queries.days import day_to_read
from genlyd.measurement.queries.kpis import updates_of
from genlyd.measurement.queries.mine import my_shares, visits_by_link
from genlyd.measurement.queries.outside import outside_of
from genlyd.measurement.queries.places import places_of
from genlyd.people.access import MemberRequest, is_editor, is_lead, member_page
from genlyd.people.models import Member
from genlyd.programmes.access import period_for
from genlyd.programmes.models import Period
from genlyd.programmes.queries import nearest_period
from genlyd.sharing.figures import Known, known_of, may_type

PER_PAGE = 25
MINE = 5
TABLES = {"network": tables.per_network, "story": tables.per_story, "department": tables.per_department}


@member_page
@require_safe
def nearest(request: MemberRequest) -> HttpResponse:
    """The board of the period a page speaks of when none is named."""
    period = nearest_period(request.member, clock.today(request.member.organisation.time_zone))
    if period:
        return redirect("measurement:board", period.pk)
    return render(request, "measurement/no_period.html", {"layout": layout_for(request.member)})


@member_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    period.organisation = request.member.organisation
    freshen(period=period, now=clock.now())
    day = day_to_read(period)
    board = board_of(period, day)
    large = _chosen(board, request.GET.get("kpi", ""))
    by = request.GET.get("by", "network")
    by = by if by in TABLES else "network"
    sort = request.GET.get("sort", "-shares")
    rows = tables.sort_rows(TABLES[by](period, day), sort)
    context: dict[str, Any] = {
        "layout": layout_for(request.member),
        "leading": is_lead(request.member),
        "editing": is_editor(request.member),
        "period": period,
        "day": day,
        "board": board,
        "large": large,
        "chart": kpi_chart(large.kpi, large.readings) if large else None,
        "updates": updates_of(period),
        "by": by,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "hidden": any(row.hidden for row in rows),
        "least": LEAST,
        "outside": outside_of(period, day),
        "places": places_of(period, day) if board else None,
        **_mine(request.member, period),
    }
    return render(request, "measurement/board.html", context)


def layout_for(member: Member) -> str:
    return "ui/lead.html" if is_editor(member) else "ui/participant.html"


def _chosen(board: list[Shown], pk: str) -> Shown | None:
    return next((shown for shown in board if str(shown.kpi.pk) == pk), board[0] if board else None)


def _mine(member: Member, period: Period) -> dict[str, Any]:
    """The asker's own shares and their visits: on nobody else's page."""
    shares = list(my_shares(member, period)[: MINE + 1])
    links = [share.link_id for share in shares if share.link_id]
    visits, figures = visits_by_link(member.organisation_id, links), known_of(shares)
    return {
        "mine": [
            {
                "share": share,
                "visits": visits.get(share.link_id, 0) if share.link_id else None,
                "known": (known := figures.get(share.pk, Known())),
                "may_type": may_type(share, known),
            }
            for share in shares[:MINE]
        ],
        "more_of_mine": len(shares) > MINE,
    }
