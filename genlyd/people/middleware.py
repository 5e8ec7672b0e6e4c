"""Puts the asking member on the request: `request.member`, or None when not signed in or not a member."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import cast

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from genlyd.people.models import Consent, ConsentText, Member

SESSION_KEY = "member"


def memberships_of(request: HttpRequest) -> list[Member]:
    """The person's memberships, oldest first, read once per request. Who has left is nobody.

    `never_asked` tells whether the member has yet to see the consent text.
    """
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, "_memberships"):
        answered = Consent.objects.filter(member=OuterRef("pk"))
        text = ConsentText.objects.filter(organisation=OuterRef("organisation_id"))
        mine = (
            Member.objects.current()
            .filter(user=request.user)
            .annotate(never_asked=Exists(text) & ~Exists(answered))
            .select_related("organisation", "user")
            .prefetch_related("roles")
            .order_by("pk")
        )
        request._memberships = list(mine)  # type: ignore[attr-defined]  # noqa: SLF001
    return cast(list[Member], request._memberships)  # type: ignore[attr-defined]  # noqa: SLF001


def member_of(request: HttpRequest) -> Member | None:
    """The membership chosen in this session, else the person's oldest one."""
    members = memberships_of(request)
    chosen = request.session.get(SESSION_KEY) if members else None
    return next((member for member in members if member.pk == chosen), members[0] if members else None)


def zone_of(member: Member) -> zoneinfo.ZoneInfo:
    """Where the clock on the member's wall is: what they have chosen, else the organisation's zone."""
    return zoneinfo.ZoneInfo((member.user.time_zone if member.user else "") or member.organisation.time_zone)


class MemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = SimpleLazyObject(lambda: member_of(request))  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            language = request.user.language
            if language and translation.check_for_language(language):
                translation.activate(language)
                request.LANGUAGE_CODE = translation.get_language() or language
            if request.member:  # type: ignore[attr-defined]
                timezone.activate(zone_of(request.member))  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
