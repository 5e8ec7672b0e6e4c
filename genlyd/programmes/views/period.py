from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, lead_page
from genlyd.programmes.access import period_for, programme_for
from genlyd.programmes.actions import change_period, delete_draft, draft_period, open_period
from genlyd.programmes.forms import PeriodForm
from genlyd.ui.answers import blame, tell


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest, pk: int) -> HttpResponse:
    programme = programme_for(request.member, pk)
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            period = draft_period(programme, **form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            return redirect("home:period", period.pk)
    context = {"form": form, "programme": programme, "period": None}
    return render(request, "programmes/period_form.html", context, status=422 if form.errors else 200)


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    form = PeriodForm(request.POST or None, initial=PeriodForm.values(period))
    if request.method == "POST" and form.is_valid():
        try:
            change_period(period, **form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("home:period", period.pk)
    context = {"form": form, "programme": period.programme, "period": period}
    return render(request, "programmes/period_form.html", context, status=422 if form.errors else 200)


@lead_page
@require_POST
def opened(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    try:
        open_period(period, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("%(name)s is open. Good luck!") % {"name": period.name})
    return redirect("home:period", period.pk)


@lead_page
@require_POST
def deleted(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    try:
        delete_draft(period, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("home:period", pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("programmes:programme", period.programme_id)
