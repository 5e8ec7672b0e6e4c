from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from genlyd.people.access import (
    CONSENT_SEEN,
    MemberRequest,
    administrator_page,
    before_consent,
    member_page,
)
from genlyd.people.actions.consent import current_text, give_consent, withdraw_consent, write_text
from genlyd.people.forms import ConsentTextForm
from genlyd.people.models import Consent, ConsentText


def onward(request: MemberRequest) -> str:
    """Where the person was going before they were asked."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else ""


@member_page
@before_consent
def consent(request: MemberRequest) -> HttpResponse:
    member = request.member
    in_force = Consent.objects.filter(member=member, withdrawn_at=None).select_related("text").first()
    context = {
        "text": current_text(member.organisation),
        "consent": in_force,
        "next": onward(request),
        "earlier": Consent.objects.filter(member=member).exclude(withdrawn_at=None).select_related("text")
        .order_by("-given_at")[:20],
    }  # fmt: skip
    return render(request, "people/consent.html", context)


@require_POST
@member_page
def give(request: MemberRequest) -> HttpResponse:
    """The yes names the text it was said to: a wording that changed meanwhile is not agreed to unread."""
    text = get_object_or_404(
        ConsentText, organisation=request.member.organisation, pk=_number(request.POST.get("text"))
    )
    give_consent(member=request.member, text=text)
    messages.success(request, _("Thank you. You take part from now on."))
    return redirect(onward(request) or "people:me")


@require_POST
@member_page
def withdraw(request: MemberRequest) -> HttpResponse:
    if withdraw_consent(member=request.member):
        messages.success(request, _("You no longer take part. Nothing new is collected about you."))
    return redirect("people:consent")


@require_POST
@member_page
def later(request: MemberRequest) -> HttpResponse:
    """Not now: nothing is stored about it but in the session, and nothing is asked again in it."""
    request.session[CONSENT_SEEN] = request.member.pk
    return redirect(onward(request) or "/")


@administrator_page
def text(request: MemberRequest) -> HttpResponse:
    """The organisation's wording. Saving makes a new version."""
    organisation = request.member.organisation
    latest = current_text(organisation)
    form = ConsentTextForm(request.POST or None, initial={"text": latest.text if latest else ""})
    if request.method == "POST" and form.is_valid():
        written = write_text(organisation=organisation, text=form.cleaned_data["text"], by=request.member)
        messages.success(request, _("Version %(version)s is in use.") % {"version": written.version})
        return redirect("people:consent_text")
    versions = ConsentText.objects.filter(organisation=organisation).order_by("-version")[:50]
    return render(request, "people/consent_text.html", {"form": form, "latest": latest, "versions": versions})


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() else 0
