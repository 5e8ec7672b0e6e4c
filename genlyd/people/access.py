"""Who may ask. Views declare it with one of these; without one a page is closed (a test walks every URL)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from genlyd.base.tenancy import one_or_404
from genlyd.people.models import Member, PeopleImport, RoleKind, Team

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])
#: Session key: the member who has seen the consent text and gone on without a yes.
CONSENT_SEEN = "consent_seen"


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
        if must_be_asked_first(asking) and not getattr(view, "before_consent", False):
            return redirect(reverse("people:consent", query={"next": request.get_full_path()}))
        return view(asking, *args, **kwargs)

    guarded.access = "member"  # type: ignore[attr-defined]
    return cast(Page[P], guarded)


def must_be_asked_first(request: MemberRequest) -> bool:
    """Who is here only to take part sees the consent text before anything else. A no is not asked again.

    Somebody with a duty (lead, editor, administrator) is not held up: they find the text on their own page.
    """
    member = request.member
    return (
        request.method == "GET"
        and "HX-Request" not in request.headers
        and bool(getattr(member, "never_asked", False))
        and member.role_kinds <= {RoleKind.PARTICIPANT}
        and request.session.get(CONSENT_SEEN) != member.pk
    )


def before_consent(view: F) -> F:
    """Below a page decorator: the page is open to members who have not been asked yet."""
    view.before_consent = True  # type: ignore[attr-defined]
    return view


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


def member_for(asker: Member, pk: int) -> Member:
    rows = Member.objects.in_organisation_of(asker).select_related(
        "organisation", "user", "department", "location"
    )
    return one_or_404(rows.prefetch_related("roles"), pk=pk)


def team_for(asker: Member, pk: int) -> Team:
    rows = Team.objects.filter(organisation_id=asker.organisation_id)
    return one_or_404(rows.select_related("organisation"), pk=pk)


def import_for(asker: Member, pk: int) -> PeopleImport:
    rows = PeopleImport.objects.filter(organisation_id=asker.organisation_id)
    return one_or_404(rows.select_related("organisation", "uploaded_by"), pk=pk)


__all__ = [
    "HttpResponse", "MemberRequest", "administrator_page", "before_consent", "editor_page", "import_for",
    "is_administrator", "is_editor", "is_lead", "lead_page", "member_for", "member_page", "public_page", "role_page",
    "team_for",
]  # fmt: skip
