from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from genlyd.people.access import MemberRequest, administrator_page, lead_page
from genlyd.people.actions.invitations import invite
from genlyd.people.domain import people_csv
from genlyd.people.models import Member, RoleKind, TeamKind
from genlyd.people.models.member import MemberQuerySet
from genlyd.people.queries import members_of, team_paths

PER_PAGE = 50
#: One press mails at most so many; the list says how many are left.
MOST_INVITATIONS = 500
STATES = ("joined", "invited", "new", "left", "all")


def filtered(request: MemberRequest) -> MemberQuerySet:
    asked = request.GET
    return members_of(
        request.member,
        search=asked.get("q", "").replace("\0", "").strip(),
        department=_number(asked.get("department")),
        location=_number(asked.get("location")),
        role=asked.get("role", ""),
        state=asked.get("state", ""),
        sort=asked.get("sort", "name"),
    )


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) < 18 else None  # noqa: PLR2004 - fits a bigint


@require_safe
@lead_page
def members(request: MemberRequest) -> HttpResponse:
    page = Paginator(filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    organisation_id = request.member.organisation_id
    context = {
        "page": page,
        "departments": team_paths(organisation_id, TeamKind.DEPARTMENT),
        "locations": team_paths(organisation_id, TeamKind.LOCATION),
        "roles": RoleKind.choices,
        "states": [
            ("", _("Everybody here")), ("joined", _("Have signed in")), ("invited", _("Invited")),
            ("new", _("Not invited yet")), ("left", _("Have left")),
        ],
        "asked": request.GET,
        "is_filtered": any(request.GET.get(name) for name in ("q", "department", "location", "role", "state")),
        "may_change": request.member.has_role(RoleKind.ADMINISTRATOR),
    }  # fmt: skip
    template = (
        "people/parts/members.html" if request.htmx and not request.htmx.boosted else "people/members.html"
    )
    return render(request, template, context)


@require_POST
@lead_page
def invite_many(request: MemberRequest) -> HttpResponse:
    """Invite those ticked, or everybody who has not been invited yet."""
    rows = Member.objects.current().in_organisation_of(request.member).filter(joined_at=None)
    if request.POST.get("everybody"):
        chosen = list(members_of(request.member, state="new").order_by("pk")[: MOST_INVITATIONS + 1])
    else:
        ids = [int(pk) for pk in request.POST.getlist("member") if pk.isdecimal() and len(pk) < 18]  # noqa: PLR2004
        chosen = list(rows.filter(pk__in=ids[:MOST_INVITATIONS]))
    more, chosen = chosen[MOST_INVITATIONS:], chosen[:MOST_INVITATIONS]
    sent = invite(members=chosen, by=request.member)
    if sent:
        said = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", sent
        )
        messages.success(request, said % {"count": sent})
        if more:
            messages.info(request, _("There are more to invite: press again when these have left."))
    else:
        messages.info(request, _("There was nobody to invite: tick colleagues who have not signed in yet."))
    return redirect("people:members")


@require_safe
@administrator_page
def export(request: MemberRequest) -> HttpResponse:
    """The list as filtered, as a CSV that can be imported again."""
    departments = team_paths(request.member.organisation_id, TeamKind.DEPARTMENT)
    locations = team_paths(request.member.organisation_id, TeamKind.LOCATION)
    rows = (
        (
            member.name, member.email, member.title, departments.get(member.department_id or 0, ""),
            locations.get(member.location_id or 0, ""), highest_role(member),
        )
        for member in filtered(request).iterator(chunk_size=2000)
    )  # fmt: skip
    return csv_answer(people_csv.write(header(), rows), "genlyd-people.csv")


def header() -> list[str]:
    """Column names in the reader's language; the import knows both."""
    return [_("Name"), _("E-mail"), _("Job title"), _("Department"), _("Location"), _("Role")]


def highest_role(member: Member) -> str:
    """One cell holds one role: the one with most to do."""
    kinds = member.role_kinds
    return str(next((RoleKind(kind).label for kind in RoleKind.values if kind in kinds), ""))


def csv_answer(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
