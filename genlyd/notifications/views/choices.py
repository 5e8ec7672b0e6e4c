from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from genlyd.notifications.actions import mute, unmute
from genlyd.notifications.models import Muted
from genlyd.notifications.notice import declared
from genlyd.people.access import MemberRequest, member_page


@member_page
def choices(request: MemberRequest) -> HttpResponse:
    """Which kinds of notices I get."""
    kinds = declared()
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        for kind in kinds:
            (unmute if kind.name in wanted else mute)(member=request.member, kind=kind.name)
        messages.success(request, _("Saved."))
        return redirect("notifications:choices")
    muted = set(Muted.objects.filter(member=request.member).values_list("kind", flat=True))
    rows = [{"kind": kind, "wanted": kind.name not in muted} for kind in kinds]
    return render(request, "notifications/choices.html", {"rows": rows})
