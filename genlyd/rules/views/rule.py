from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, member_page
from genlyd.rules.access import changer_or_404
from genlyd.rules.actions import change_rule
from genlyd.rules.domain.settings import read
from genlyd.rules.forms import KIND_FORMS, RuleForm
from genlyd.rules.kinds import KINDS
from genlyd.rules.queries import rules_of
from genlyd.ui.answers import blame


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, kind: str) -> HttpResponse:
    changer_or_404(request.member)
    if kind not in KINDS:
        raise Http404
    house = request.member.organisation
    rule = next(rule for rule in rules_of(house) if rule.kind == kind)
    settings_form = KIND_FORMS[kind]
    posted = request.POST or None
    form = RuleForm(posted, rule=rule, organisation=house)
    settings = settings_form(
        posted, initial=settings_form.values(read(kind, rule.settings)), prefix="settings"
    )
    if request.method == "POST" and form.is_valid() and settings.is_valid():
        try:
            change_rule(rule, settings=settings.settings(), **form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved. It counts from now on."))
            return redirect("rules:list")
    wrong = form.is_bound and not (form.is_valid() and settings.is_valid())
    rows = list(getattr(settings, "forms", ()))
    context = {
        "rule": rule,
        "kind": KINDS[kind],
        "form": form,
        "settings": settings,
        "days": list(zip(WEEKDAYS.values(), rows, strict=True)) if kind == "quiet_hours" else [],
    }
    return render(request, "rules/rule_form.html", context, status=422 if wrong else 200)
