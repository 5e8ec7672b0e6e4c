from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from genlyd.people.access import MemberRequest, lead_page
from genlyd.programmes.access import periods_of

PER_PAGE = 25


@lead_page
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """Every period that has been opened, with how far its review is; the open ones first."""
    periods = (
        periods_of(request.member)
        .exclude(opened_at=None)
        .select_related("programme", "review")
        .annotate(decisions=Count("review__decisions"))
        .order_by(F("closed_at").desc(nulls_first=True), "-ends_on", "-pk")
    )
    page = Paginator(periods, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "evaluation/list.html", {"page": page})
