"""The pages a link in a mail leads to: an invitation, a join link, and the proof of an address."""

from __future__ import annotations

from typing import cast

from allauth.core import ratelimit
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from genlyd.base.errors import Refused
from genlyd.people.access import public_page
from genlyd.people.actions import invitations, joining
from genlyd.people.forms import JoinForm, PasswordOrCode
from genlyd.people.middleware import SESSION_KEY
from genlyd.people.models import Member, User
from genlyd.people.views.refusing import into
from genlyd.people.views.setup import BACKEND


def asking_user(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return render(request, "people/link_refused.html", {"refusal": refusal}, status=403)


def welcome(request: HttpRequest, member: Member) -> HttpResponse:
    if not request.user.is_authenticated:
        login(request, member.user, backend=BACKEND)
    request.session[SESSION_KEY] = member.pk
    return redirect("people:me")


@public_page
def accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = invitations.invitation_for(token)
    except Refused as refusal:
        return refused(request, refusal)
    user = asking_user(request)
    has_account = User.objects.filter(email__iexact=invitation.member.email).exists()
    if user is None and has_account:
        return render(
            request, "people/sign_in_first.html", {"email": invitation.member.email, "next": request.path}
        )
    if user is not None and user.email.casefold() != invitation.member.email.casefold():
        return render(
            request,
            "people/wrong_account.html",
            {"mine": user.email, "other": invitation.member.email, "next": request.path},
            status=403,
        )
    form = PasswordOrCode(request.POST or None) if user is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        password = form.cleaned_data["password"] if form is not None else ""
        try:
            member = invitations.accept(token=token, user=user, password=password)
        except Refused as refusal:
            return refused(request, refusal)
        return welcome(request, member)
    return render(
        request,
        "people/accept.html",
        {"invitation": invitation, "form": form, "member_name": invitation.member.name},
    )


@public_page
def join(request: HttpRequest, token: str) -> HttpResponse:
    try:
        link = joining.join_link_for(token)
    except Refused as refusal:
        return refused(request, refusal)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="genlyd_join", key=form.cleaned_data["email"].lower()):
            return cast(HttpResponse, ratelimit.respond_429(request))
        try:
            joining.ask_to_join(link=link, **form.cleaned_data)
        except Refused as refusal:
            into(form, refusal)
        else:
            context = {"email": form.cleaned_data["email"], "house_name": link.organisation.name}
            return render(request, "people/join_mailed.html", context)
    return render(request, "people/join.html", {"form": form, "link": link})


@public_page
def join_confirm(request: HttpRequest, claim: str) -> HttpResponse:
    try:
        link, name, email = joining.read_claim(claim)
    except Refused as refusal:
        return refused(request, refusal)
    user = asking_user(request)
    if user is None and User.objects.filter(email__iexact=email).exists():
        return render(request, "people/sign_in_first.html", {"email": email, "next": request.path})
    if user is not None and user.email.casefold() != email.casefold():
        context = {"mine": user.email, "other": email, "next": request.path}
        return render(request, "people/wrong_account.html", context, status=403)
    form = PasswordOrCode(request.POST or None) if user is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        password = form.cleaned_data["password"] if form is not None else ""
        try:
            member = joining.join(claim=claim, user=user, password=password)
        except Refused as refusal:
            return refused(request, refusal)
        return welcome(request, member)
    return render(request, "people/accept.html", {"link": link, "form": form, "member_name": name})
