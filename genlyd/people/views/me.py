from __future__ import annotations

import mimetypes
from typing import cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, before_consent, member_page, public_page
from genlyd.people.actions.profile import change_profile, choose_language, choose_time_zone
from genlyd.people.forms import ProfileForm
from genlyd.people.middleware import SESSION_KEY, memberships_of
from genlyd.people.models import Consent, Member, User
from genlyd.people.sign_in import ways_to_sign_in
from genlyd.people.views.refusing import into


@member_page
def me(request: MemberRequest) -> HttpResponse:
    member, user = request.member, cast(User, request.user)
    initial = {
        "name": member.name, "title": member.title, "language": user.language or request.LANGUAGE_CODE,
        "time_zone": user.time_zone,
    }  # fmt: skip
    form = ProfileForm(request.POST or None, request.FILES or None, initial=initial, member=member)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            choose_language(user=user, language=said.pop("language"))
            choose_time_zone(user=user, time_zone=said.pop("time_zone"))
            change_profile(member=member, **said)
        except Refused as refusal:
            into(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:me")
    consent = Consent.objects.filter(member=member, withdrawn_at=None).select_related("text").first()
    context = {
        "form": form,
        "consent": consent,
        "ways": ways_to_sign_in(user),
        "networks_url": _address("networks:accounts"),
        "links_url": _address("links:mine"),
        "notices_url": _address("notifications:choices"),
    }
    return render(request, "people/me.html", context)


def _address(name: str) -> str:
    """A page of an area above this one; it may not be installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@require_safe
@member_page
@before_consent
@cache_control(private=True, max_age=86_400)
def picture(request: MemberRequest, name: str) -> HttpResponseBase:
    """A colleague's picture: only for colleagues. The name is random and never used twice."""
    owner = Member.objects.in_organisation_of(request.member).filter(picture=f"people/{name}").first()
    if owner is None or not owner.picture.storage.exists(f"people/{name}"):
        raise Http404
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(owner.picture.open("rb"), content_type=kind)


@require_POST
@member_page
def switch(request: MemberRequest) -> HttpResponse:
    """To another organisation that one is a member of."""
    chosen = request.POST.get("member", "")
    if chosen not in {str(member.pk) for member in memberships_of(request)}:
        raise Http404
    request.session[SESSION_KEY] = int(chosen)
    return redirect("/")


@public_page
def no_membership(request: HttpRequest) -> HttpResponse:
    """For somebody who can sign in but belongs nowhere (any more)."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    if request.member:  # type: ignore[attr-defined]
        return redirect("/")
    return render(request, "people/no_membership.html")
