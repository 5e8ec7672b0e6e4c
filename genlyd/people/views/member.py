from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, administrator_page, lead_page, member_for
from genlyd.people.actions import invitations
from genlyd.people.actions.members import add_member, bring_back, edit_member, mark_as_left
from genlyd.people.actions.roles import set_roles
from genlyd.people.forms import MemberForm, NewMemberForm, RolesForm
from genlyd.people.models import RoleKind
from genlyd.people.views.refusing import into, tell


@require_safe
@lead_page
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Who somebody is and which roles they have. What they share, open or pass over is nobody's business here."""
    colleague = member_for(request.member, pk)
    invitation = colleague.invitations.filter(accepted_at=None, withdrawn_at=None).first()
    context = {
        "colleague": colleague,
        "invitation": invitation,
        "has_expired": invitation is not None and invitation.expires_at <= clock.now(),
        "may_change": request.member.has_role(RoleKind.ADMINISTRATOR),
        "roles": [RoleKind(kind).label for kind in RoleKind.values if kind in colleague.role_kinds],
        "roles_form": RolesForm(initial={"roles": sorted(colleague.role_kinds)}),
    }
    return render(request, "people/member.html", context)


@administrator_page
def new(request: MemberRequest) -> HttpResponse:
    form = NewMemberForm(request.POST or None, organisation_id=request.member.organisation_id)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        wants_invitation = said.pop("invite")
        try:
            colleague = add_member(organisation=request.member.organisation, by=request.member, **said)
        except Refused as refusal:
            into(form, refusal)
        else:
            if wants_invitation:
                invitations.invite(members=[colleague], by=request.member)
            messages.success(request, _("%(name)s is on the list.") % {"name": colleague.name})
            return redirect("people:member", pk=colleague.pk)
    return render(request, "people/member_form.html", {"form": form, "colleague": None})


@administrator_page
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = member_for(request.member, pk)
    initial = {
        "name": colleague.name, "email": colleague.email, "title": colleague.title,
        "department": colleague.department_id, "location": colleague.location_id,
    }  # fmt: skip
    form = MemberForm(request.POST or None, initial=initial, organisation_id=colleague.organisation_id)
    if request.method == "POST" and form.is_valid():
        try:
            edit_member(member=colleague, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            into(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:member", pk=pk)
    return render(request, "people/member_form.html", {"form": form, "colleague": colleague})


@require_POST
@administrator_page
def roles(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = member_for(request.member, pk)
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            set_roles(member=colleague, kinds=set(form.cleaned_data["roles"]), by=request.member)
        except Refused as refusal:
            tell(request, refusal)
        else:
            messages.success(request, _("Saved."))
    return redirect("people:member", pk=pk)


@require_POST
@administrator_page
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = member_for(request.member, pk)
    try:
        mark_as_left(member=colleague, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(
            request, _("%(name)s has left and can no longer sign in here.") % {"name": colleague.name}
        )
    return redirect("people:member", pk=pk)


@require_POST
@administrator_page
def back(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = member_for(request.member, pk)
    bring_back(member=colleague, by=request.member)
    messages.success(request, _("%(name)s is back.") % {"name": colleague.name})
    return redirect("people:member", pk=pk)


@require_POST
@lead_page
def invite(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = member_for(request.member, pk)
    if invitations.invite(members=[colleague], by=request.member):
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": colleague.email})
    return redirect("people:member", pk=pk)


@require_POST
@lead_page
def withdraw_invitation(request: MemberRequest, pk: int) -> HttpResponse:
    colleague = member_for(request.member, pk)
    if invitations.withdraw(member=colleague, by=request.member):
        messages.success(request, _("The invitation no longer works."))
    return redirect("people:member", pk=pk)
