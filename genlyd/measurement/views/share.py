from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.measurement.access import kpi_to_share
from genlyd.measurement.actions import freshen, share_with_team
from genlyd.measurement.board import board_of
from genlyd.measurement.charts import kpi_chart
from genlyd.measurement.forms import UpdateForm
from genlyd.measurement.queries.days import day_to_read
from genlyd.measurement.views.board import layout_for
from genlyd.people.access import MemberRequest, member_page
from genlyd.ui.answers import blame


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """The KPI owner's day: one figure, one sentence, one click."""
    kpi = kpi_to_share(request.member, pk)
    period = kpi.period
    freshen(period=period, now=clock.now())
    form = UpdateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            share_with_team(kpi=kpi, sentence=form.cleaned_data["sentence"], by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("On its way to the team."))
            return redirect("measurement:board", period.pk)
    shown = next(row for row in board_of(period, day_to_read(period)) if row.kpi.pk == kpi.pk)
    context = {
        "layout": layout_for(request.member),
        "form": form,
        "period": period,
        "shown": shown,
        "chart": kpi_chart(shown.kpi, shown.readings),
        "team": period.seats.filter(left_at=None).count(),
        "earlier": kpi.updates.select_related("by")[:3],
    }
    return render(request, "measurement/share.html", context, status=422 if form.errors else 200)
