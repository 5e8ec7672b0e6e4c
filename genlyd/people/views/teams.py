from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genlyd.base.errors import Refused
from genlyd.base.sorting import sort_key
from genlyd.people.access import MemberRequest, administrator_page, team_for
from genlyd.people.actions.teams import change_team, create_team, delete_team
from genlyd.people.forms import TeamForm
from genlyd.people.models import Team, TeamKind
from genlyd.people.queries import below, team_paths
from genlyd.people.views.refusing import into, tell


def tree(organisation_id: int, kind: str) -> list[dict[str, Any]]:
    """The teams of one tree from the top down, each with its depth and how many people are directly in it."""
    people = "department_members" if kind == TeamKind.DEPARTMENT else "location_members"
    teams = {
        team.pk: team
        for team in Team.objects.filter(organisation_id=organisation_id, kind=kind).annotate(
            people=Count(people, filter=Q(**{f"{people}__left_at": None}))
        )
    }
    paths = team_paths(organisation_id, kind)
    return [
        {"team": teams[pk], "path": path, "depth": path.count(" > "), "depths": range(path.count(" > "))}
        for pk, path in sorted(paths.items(), key=lambda pair: sort_key(pair[1]).split(" > "))
        if pk in teams
    ]


@administrator_page
def departments(request: MemberRequest) -> HttpResponse:
    return _page(request, TeamKind.DEPARTMENT)


@administrator_page
def locations(request: MemberRequest) -> HttpResponse:
    return _page(request, TeamKind.LOCATION)


def _page(request: MemberRequest, kind: TeamKind) -> HttpResponse:
    house = request.member.organisation
    form = TeamForm(request.POST or None, teams=team_paths(house.pk, kind))
    if request.method == "POST" and form.is_valid():
        try:
            team = create_team(organisation=house, kind=kind, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            into(form, refusal)
        else:
            messages.success(request, _("%(name)s is there.") % {"name": team.name})
            return redirect(request.path)
    context = {"form": form, "kind": kind.value, "rows": tree(house.pk, kind)}
    return render(request, "people/teams.html", context)


@administrator_page
def team(request: MemberRequest, pk: int) -> HttpResponse:
    """Rename, move, delete."""
    found = team_for(request.member, pk)
    inside = below(found.organisation_id, found.pk)
    others = {
        pk: path for pk, path in team_paths(found.organisation_id, found.kind).items() if pk not in inside
    }
    form = TeamForm(
        request.POST or None, teams=others, initial={"name": found.name, "parent": found.parent_id}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_team(team=found, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            into(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(_list(found))
    context = {"form": form, "team": found, "back": _list(found)}
    return render(request, "people/team.html", context)


@require_POST
@administrator_page
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    found = team_for(request.member, pk)
    try:
        delete_team(team=found, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("people:team", pk=pk)
    messages.success(request, _("%(name)s is deleted.") % {"name": found.name})
    return redirect(_list(found))


def _list(team: Team) -> str:
    return "people:departments" if team.kind == TeamKind.DEPARTMENT else "people:locations"
