"""What a member tells about a post of theirs: seen by nobody else, and used only in sums over many."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base import clock
from genlyd.networks import registry
from genlyd.networks.domain.figures import Metric
from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.access import share_for
from genlyd.sharing.actions.report import report_figures, take_back
from genlyd.sharing.figures import Known, known_of, may_type, typed
from genlyd.sharing.forms import FiguresForm

#: What was typed in last, so that it can be taken back: [share, when].
LAST = "sharing.figures"
#: So long it is offered to take it back.
UNDO_FOR = timedelta(minutes=15)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: MemberRequest, pk: int) -> HttpResponse:
    """Type in, change, or empty: an emptied figure is taken back."""
    share = share_for(request.member, pk)
    if not may_type(share, known_of([share]).get(share.pk, Known())):
        raise Http404
    before = typed(share)
    form = FiguresForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        said = {Metric(name): value for name, value in form.cleaned_data.items()}
        now = clock.now()
        emptied = [metric for metric, value in said.items() if value is None and metric in before]
        if emptied:
            take_back(share=share, metrics=emptied)
        if report_figures(share=share, figures=said, at=now):
            request.session[LAST] = [share.pk, now.isoformat()]
            messages.success(request, _("Thank you. It counts as reported."))
        elif emptied:
            messages.success(request, _("Taken back."))
        return redirect("sharing:mine")
    network = registry.get(share.network)
    context = {"form": form, "share": share, "network": network.name if network else share.network}
    return render(request, "sharing/figures.html", context, status=422 if form.errors else 200)


@member_page
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was typed in a moment ago."""
    share = share_for(request.member, pk)
    last, at = request.session.pop(LAST, [None, ""])
    since = parse_datetime(at)
    if last == share.pk and since and take_back(share=share, since=since):
        messages.success(request, _("Taken back."))
    return redirect("sharing:mine")


def just_typed(session: SessionBase) -> int | None:
    """The share whose figures were typed in a moment ago."""
    last, at = session.get(LAST, [None, ""])
    since = parse_datetime(at)
    return last if since and since > clock.now() - UNDO_FOR else None
