from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.base.tenancy import one_or_404
from genlyd.people.access import MemberRequest, lead_page
from genlyd.people.models import Member, Team
from genlyd.programmes.access import period_for, periods_of
from genlyd.programmes.actions import add_members, add_team, leave_seat, restore_seat
from genlyd.programmes.goals import GOALS
from genlyd.programmes.models import Period, Seat
from genlyd.programmes.queries import members_to_add, seats_of, team_count, teams_of
from genlyd.ui.answers import tell

PER_PAGE = 25


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004


def _back(period: Period, request: MemberRequest, **extra: object) -> HttpResponse:
    """To the same search, so that several people can be added in a row."""
    kept = {name: request.POST[name] for name in ("find", "team") if request.POST.get(name)}
    query = urlencode({**kept, **extra})
    return redirect(f"{reverse('programmes:team', args=[period.pk])}{'?' if query else ''}{query}")


@lead_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    teams = teams_of(request.member.organisation)
    find = request.GET.get("find", "").strip()
    chosen = _number(request.GET.get("team", ""))
    team = next((row for row in teams if row.pk == chosen), None)
    search = request.GET.get("q", "").strip()
    removed = _number(request.GET.get("removed", ""))
    count = team_count(period)
    pages = Paginator(seats_of(period, search), PER_PAGE)
    if not search:
        pages.count = count.seats  # known already: counting 100,000 seats twice is felt
    context = {
        "period": period,
        "goal": GOALS[period.programme.goal_kind],
        "count": count,
        "page": pages.get_page(request.GET.get("page")),
        "search": search,
        "teams": teams,
        "find": find,
        "team": team,
        "found": members_to_add(period, search=find, team=team),
        "removed": Seat.objects.filter(period=period, pk=removed)
        .exclude(left_at=None)
        .select_related("member")
        .first()
        if removed
        else None,
    }
    return render(request, "programmes/team.html", context)


@lead_page
@require_POST
def add(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    colleagues = Member.objects.current().in_organisation_of(request.member)
    member = one_or_404(colleagues, pk=request.POST.get("member"))
    try:
        add_members(period, members=[member], by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("%(name)s is in the team.") % {"name": member.name})
    return _back(period, request)


@lead_page
@require_POST
def add_all(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    teams = Team.objects.filter(organisation_id=request.member.organisation_id)
    team = one_or_404(teams, pk=request.POST.get("team"))
    try:
        added = add_team(period, team=team, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        words = ngettext(
            "%(count)s colleague from %(team)s is new in the team.",
            "%(count)s colleagues from %(team)s are new in the team.",
            added,
        )
        messages.success(request, words % {"count": added, "team": team.name})
    return _back(period, request)


def _seat_for(request: MemberRequest, pk: int) -> Seat:
    return one_or_404(
        Seat.objects.filter(period__in=periods_of(request.member)).select_related("period"), pk=pk
    )


@lead_page
@require_POST
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat_for(request, pk)
    try:
        leave_seat(seat, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
        return _back(seat.period, request)
    return _back(seat.period, request, removed=seat.pk)


@lead_page
@require_POST
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    seat = _seat_for(request, pk)
    try:
        restore_seat(seat, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    return _back(seat.period, request)
