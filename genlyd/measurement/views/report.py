from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from genlyd.measurement.access import own_share
from genlyd.measurement.actions import report_figures
from genlyd.measurement.forms import ReportForm
from genlyd.measurement.queries.mine import reported
from genlyd.networks import registry
from genlyd.people.access import MemberRequest, member_page


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """A member may type what their network says about their own share. Nobody else sees it; only sums are used."""
    share = own_share(request.member, pk)
    form = ReportForm(request.POST or None, initial=reported(share))
    if request.method == "POST" and form.is_valid():
        if report_figures(share=share, figures=form.cleaned_data):
            messages.success(request, _("Thank you. It counts as reported."))
        return redirect("sharing:mine")
    network = registry.get(share.network)
    context = {"form": form, "share": share, "network": network.name if network else share.network}
    return render(request, "measurement/report.html", context, status=422 if form.errors else 200)
