from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base.errors import Refused
from genlyd.base.tenancy import one_or_404
from genlyd.people.access import MemberRequest, member_page
from genlyd.rules.access import changer_or_404, may_change_rules
from genlyd.rules.actions import acknowledge, draft_guideline, publish_guideline
from genlyd.rules.defaults import guideline_default
from genlyd.rules.forms import GuidelineForm
from genlyd.rules.markdown import render as as_html
from genlyd.rules.models import Acknowledgement, Guideline
from genlyd.rules.queries import guideline_draft, guideline_in_force
from genlyd.ui.answers import blame


@member_page
@require_safe
def shown(request: MemberRequest) -> HttpResponse:
    guideline = guideline_in_force(request.member.organisation)
    read = (
        Acknowledgement.objects.filter(guideline=guideline, member=request.member).first()
        if guideline
        else None
    )
    context = {
        "guideline": guideline,
        "html": as_html(guideline.text) if guideline else "",
        "read": read,
        "changes": may_change_rules(request.member),
    }
    return render(request, "rules/guideline.html", context)


@member_page
@require_safe
def earlier(request: MemberRequest, version: int) -> HttpResponse:
    published = Guideline.objects.filter(
        organisation_id=request.member.organisation_id, published_at__isnull=False
    )
    guideline = one_or_404(published, version=version)
    context = {"guideline": guideline, "html": as_html(guideline.text), "earlier": True}
    return render(request, "rules/guideline.html", context)


@member_page
@require_POST
def acknowledged(request: MemberRequest) -> HttpResponse:
    """One click, for the version the person has just read (a newer one may have come meanwhile)."""
    published = Guideline.objects.filter(
        organisation_id=request.member.organisation_id, published_at__isnull=False
    )
    guideline = one_or_404(published, version=request.POST.get("version"))
    acknowledge(guideline, by=request.member)
    messages.success(request, _("Thank you for reading."))
    return redirect("home:today")


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest) -> HttpResponse:
    changer_or_404(request.member)
    house = request.member.organisation
    draft, current = guideline_draft(house), guideline_in_force(house)
    initial = {
        "text": draft.text if draft else current.text if current else guideline_default(house),
        "change": draft.change if draft else "",
    }
    form = GuidelineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft = draft_guideline(**form.cleaned_data, by=request.member)
        try:
            if request.POST.get("publish"):
                publish_guideline(draft, by=request.member)
                messages.success(request, _("Published. Everybody is asked to read it."))
                return redirect("rules:list")
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved as a draft. Nobody else sees it yet."))
            return redirect("rules:edit_guideline")
    context = {
        "form": form,
        "draft": draft,
        "current": current,
        "preview": as_html(draft.text) if draft else "",
        "versions": list(
            Guideline.objects.filter(organisation=house, published_at__isnull=False).order_by("-version")[:20]
        ),
    }
    return render(request, "rules/guideline_form.html", context, status=422 if form.errors else 200)
