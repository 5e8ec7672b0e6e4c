"""Who may ask. Views declare it with one of these; without one a page is closed (a test walks every URL)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from genlyd.people.models import Member, RoleKind

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request by a signed-in member: the signature says that the page is not public."""

    member: Member
    htmx: Any


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]


Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def member_page(view: View[P]) -> Page[P]:
    """For every member of an organisation."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        asking = cast(MemberRequest, request)
        if not asking.member:
            return redirect("people:no_membership")
        return view(asking, *args, **kwargs)

    guarded.access = "member"  # type: ignore[attr-defined]
    return cast(Page[P], guarded)


def role_page(*kinds: str) -> Callable[[View[P]], Page[P]]:
    """For members who have one of these roles. To everybody else the page does not exist."""

    def decorate(view: View[P]) -> Page[P]:
        @wraps(view)
        def checked(request: MemberRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.member.has_role(*kinds):
                raise Http404
            return view(request, *args, **kwargs)

        guarded = member_page(cast(View[P], checked))
        guarded.access = "|".join(kinds)  # type: ignore[attr-defined]
        return guarded

    return decorate


lead_page = role_page(RoleKind.LEAD, RoleKind.ADMINISTRATOR)
editor_page = role_page(RoleKind.EDITOR, RoleKind.LEAD, RoleKind.ADMINISTRATOR)
administrator_page = role_page(RoleKind.ADMINISTRATOR)


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Says out loud that anybody may see this page."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def is_lead(member: Member) -> bool:
    return member.has_role(RoleKind.LEAD, RoleKind.ADMINISTRATOR)


def is_editor(member: Member) -> bool:
    return member.has_role(RoleKind.EDITOR, RoleKind.LEAD, RoleKind.ADMINISTRATOR)


def is_administrator(member: Member) -> bool:
    return member.has_role(RoleKind.ADMINISTRATOR)


__all__ = [
    "HttpResponse", "MemberRequest", "administrator_page", "editor_page", "is_administrator", "is_editor", "is_lead",
    "lead_page", "member_page", "public_page", "role_page",
]  # fmt: skip
