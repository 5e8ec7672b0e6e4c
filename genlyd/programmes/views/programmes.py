from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, lead_page
from genlyd.programmes.actions import create_programme
from genlyd.programmes.forms import ProgrammeForm
from genlyd.programmes.goals import GOALS
from genlyd.programmes.queries import programmes_of
from genlyd.ui.answers import blame


@lead_page
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    page = Paginator(programmes_of(request.member), 20).get_page(request.GET.get("page"))
    return render(request, "programmes/list.html", {"page": page, "goals": GOALS})


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            programme = create_programme(**form.cleaned_data, by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            return redirect("programmes:new_period", programme.pk)
    context = {"form": form, "goals": list(GOALS.values())}
    return render(request, "programmes/programme_form.html", context, status=422 if form.errors else 200)
