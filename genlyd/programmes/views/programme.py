from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, lead_page
from genlyd.programmes.access import programme_for
from genlyd.programmes.actions import change_programme
from genlyd.programmes.forms import ProgrammeForm
from genlyd.programmes.goals import GOALS
from genlyd.ui.answers import blame


@lead_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    programme = programme_for(request.member, pk)
    context = {
        "programme": programme,
        "goal": GOALS[programme.goal_kind],
        "periods": list(programme.periods.order_by("-starts_on", "-pk")),
    }
    return render(request, "programmes/programme.html", context)


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    programme = programme_for(request.member, pk)
    form = ProgrammeForm(request.POST or None, initial=ProgrammeForm.values(programme))
    if request.method == "POST" and form.is_valid():
        try:
            change_programme(programme, **form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("programmes:programme", programme.pk)
    context = {"form": form, "programme": programme, "goals": list(GOALS.values())}
    return render(request, "programmes/programme_form.html", context, status=422 if form.errors else 200)
