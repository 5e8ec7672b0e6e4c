"""What anybody may choose about how pages look: theme and language. Both are plain POSTs that lead back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from genlyd.ui.access import public
from genlyd.ui.theme import COOKIE, THEMES, YEAR


def back_of(request: HttpRequest) -> str:
    """Where the person came from, if it is this site."""
    for candidate in (request.POST.get("next"), request.headers.get("Referer")):
        if candidate and url_has_allowed_host_and_scheme(
            candidate, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return candidate
    return "/"


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(back_of(request))
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
        )
    return response


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Django's own view keeps the choice in a cookie; whoever is signed in keeps it for good."""
    chosen = request.POST.get("language", "")
    user: Any = request.user
    if user.is_authenticated and check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        user.language = chosen
        user.save(update_fields=["language"])
    return set_language(request)
