from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.people.access import public_page
from genlyd.people.actions.setup import code_fits, is_set_up, set_up
from genlyd.people.forms import SetupForm
from genlyd.people.views.refusing import into

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public_page
def setup(request: HttpRequest, code: str = "") -> HttpResponse:
    """The first page of an empty installation. Once there is an organisation it does not exist."""
    if is_set_up():
        raise Http404
    code = code or str(request.GET.get("code", "")).strip()
    if not code or not code_fits(code):
        return render(request, "people/setup_code.html", {"wrong": bool(code)}, status=403 if code else 200)
    initial: dict[str, Any] = {"language": get_language(), "time_zone": "Europe/Copenhagen"}
    form = SetupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            member = set_up(code=code, **form.cleaned_data)
        except Refused as refusal:
            into(form, refusal)
        else:
            assert member.user is not None
            login(request, member.user, backend=BACKEND)
            messages.success(request, _("Welcome. Your organisation is ready: bring in your colleagues."))
            return redirect("people:members")
    return render(request, "people/setup.html", {"form": form, "code": code})
