from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.base.errors import Refused
from genlyd.base.tenancy import one_or_404
from genlyd.people.access import MemberRequest, lead_page
from genlyd.people.models import Member
from genlyd.programmes.access import period_for
from genlyd.programmes.actions import name_owner, release_owner
from genlyd.programmes.duties import DUTIES
from genlyd.programmes.models import Period
from genlyd.programmes.queries import FOUND, duties_of, find_members, seats_of
from genlyd.ui.answers import tell


@lead_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    duties = [(DUTIES[named.duty], named.member) for named in duties_of(period)]
    return render(request, "programmes/owners.html", {"period": period, "duties": duties})


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: MemberRequest, pk: int, duty: str) -> HttpResponse:
    period = period_for(request.member, pk)
    if duty not in DUTIES:
        raise Http404
    if request.method == "POST":
        return _name(request, period, duty)
    search = request.GET.get("q", "").strip()
    if search:
        found = list(find_members(period.organisation, search=search)[:FOUND])
    else:
        # Before anybody is searched for: the asker, then those in the team.
        team = [seat.member for seat in seats_of(period)[:FOUND]]
        found = [request.member, *(member for member in team if member != request.member)]
    named = {named.duty: named.member for named in duties_of(period)}
    context = {"period": period, "duty": DUTIES[duty], "named": named[duty], "search": search, "found": found}  # type: ignore[index]
    return render(request, "programmes/owner.html", context)


def _name(request: MemberRequest, period: Period, duty: str) -> HttpResponse:
    try:
        if request.POST.get("release"):
            release_owner(period, duty=duty, by=request.member)
        else:
            colleagues = Member.objects.current().in_organisation_of(request.member)
            member = one_or_404(colleagues, pk=request.POST.get("member"))
            name_owner(period, duty=duty, member=member, by=request.member)
            words = _("%(name)s has the duty now: %(duty)s.")
            messages.success(request, words % {"name": member.name, "duty": DUTIES[duty].label})
    except Refused as refusal:
        tell(request, refusal)
    return redirect("programmes:owners", period.pk)
