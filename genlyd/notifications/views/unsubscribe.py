from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from genlyd.notifications.actions import mute
from genlyd.notifications.actions.notify import language_of
from genlyd.notifications.notice import declared
from genlyd.notifications.unsubscribe import read_token
from genlyd.people.access import public_page
from genlyd.people.models import Member


# Mail programs post here by themselves (RFC 8058) and have no CSRF cookie; the signed token is the permission.
@public_page
@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    read = read_token(token)
    kind = next((kind for kind in declared() if read and kind.name == read[1]), None)
    member = (
        Member.objects.select_related("user", "organisation").filter(pk=read[0]).first()
        if read and kind
        else None
    )
    if member is None or kind is None:
        raise Http404
    if request.method == "POST":
        mute(member=member, kind=kind.name)
    with translation.override(language_of(member)):
        return render(
            request,
            "notifications/unsubscribe.html",
            {"kind": kind, "done": request.method == "POST", "organisation": member.organisation},
        )
