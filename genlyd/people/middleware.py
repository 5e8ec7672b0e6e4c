"""Puts the asking member on the request: `request.member`, or None when not signed in or not a member."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from genlyd.people.models import Member

SESSION_KEY = "member"


def member_of(request: HttpRequest) -> Member | None:
    """The membership chosen in this session, else the person's oldest one. Who has left is nobody."""
    if not request.user.is_authenticated:
        return None
    user = request.user
    mine = (
        Member.objects.current()
        .filter(user=user)
        .select_related("organisation")
        .prefetch_related("roles")
        .order_by("pk")
    )
    chosen = request.session.get(SESSION_KEY)
    members = list(mine)
    request.memberships = members  # type: ignore[attr-defined]
    return next((member for member in members if member.pk == chosen), members[0] if members else None)


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
                timezone.activate(zoneinfo.ZoneInfo(request.member.organisation.time_zone))  # type: ignore[attr-defined]
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
