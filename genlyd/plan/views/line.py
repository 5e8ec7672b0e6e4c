from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.networks import registry
from genlyd.people.access import MemberRequest, editor_page, is_editor, member_page
from genlyd.plan.access import line_for, plan_period_for
from genlyd.plan.actions import add_line, bring_back, change_line, delete_line, finish_line, reopen_line
from genlyd.plan.domain.deadlines import nearness
from genlyd.plan.forms import LineForm
from genlyd.plan.queries import suggested_responsible
from genlyd.programmes.fields import label_of
from genlyd.ui.answers import blame, tell


@member_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    line = line_for(request.member, pk)
    today = clock.today(request.member.organisation.time_zone)
    context = {
        "line": line,
        "nearness": nearness(line.due_on, today, done=bool(line.done_at)),
        "network": registry.get(line.network),
        "edits": is_editor(request.member),
        "layout": "ui/lead.html" if is_editor(request.member) else "ui/participant.html",
    }
    return render(request, "plan/line.html", context)


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest, pk: int) -> HttpResponse:
    period = plan_period_for(request.member, pk)
    form = LineForm(request.POST or None, period=period)
    if request.method == "POST" and form.is_valid():
        try:
            add_line(period, **form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("It is in the plan."))
            if request.POST.get("another"):
                return redirect("plan:new", period.pk)
            return redirect("plan:list", period.pk)
    return _form(request, form, {"period": period})


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    line = line_for(request.member, pk)
    form = LineForm(request.POST or None, period=line.period, line=line)
    if request.method == "POST" and form.is_valid():
        try:
            change_line(line, **form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("plan:list", line.period_id)
    return _form(request, form, {"period": line.period, "line": line})


def _form(request: MemberRequest, form: LineForm, context: dict[str, object]) -> HttpResponse:
    period = context["period"]
    labels = [label_of(member) for member in suggested_responsible(period, "")]  # type: ignore[arg-type]
    context |= {"form": form, "labels": labels}
    return render(request, "plan/line_form.html", context, status=422 if form.errors else 200)


def _back(request: MemberRequest, period_pk: int, line_pk: int) -> HttpResponse:
    """To where the button was pressed: the plan, one's own lines, or the line."""
    where = request.POST.get("back")
    if where == "list" and is_editor(request.member):
        return redirect("plan:list", period_pk)
    if where == "mine":
        return redirect("plan:mine")
    return redirect("plan:line", line_pk)


@member_page
@require_POST
def done(request: MemberRequest, pk: int) -> HttpResponse:
    line = line_for(request.member, pk)
    finish_line(line, by=request.member)
    messages.success(request, _("Done: %(what)s") % {"what": line.title})
    return _back(request, line.period_id, line.pk)


@member_page
@require_POST
def reopened(request: MemberRequest, pk: int) -> HttpResponse:
    line = line_for(request.member, pk)
    reopen_line(line, by=request.member)
    return _back(request, line.period_id, line.pk)


@editor_page
@require_POST
def deleted(request: MemberRequest, pk: int) -> HttpResponse:
    line = line_for(request.member, pk)
    period = line.period_id
    try:
        kept = delete_line(line, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("plan:list", period)
    return redirect(f"{reverse('plan:list', args=[period])}?{urlencode({'removed': kept})}")


@editor_page
@require_POST
def restored(request: MemberRequest) -> HttpResponse:
    try:
        line = bring_back(request.POST.get("kept", ""), by=request.member)
    except Refused as refusal:
        tell(request, refusal)
        return redirect("plan:calendar")
    return redirect("plan:list", line.period_id)
