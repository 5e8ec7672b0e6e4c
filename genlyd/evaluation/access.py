"""Reviews and decisions, loaded through a lead who sees their period; else 404."""

from __future__ import annotations

from genlyd.base.tenancy import one_or_404
from genlyd.evaluation.models import Decision, Review
from genlyd.people.models import Member
from genlyd.programmes.access import periods_of


def review_for(member: Member, period_id: int) -> Review:
    reviews = Review.objects.filter(period__in=periods_of(member))
    return one_or_404(
        reviews.select_related("period__organisation", "period__programme"), period_id=period_id
    )


def decision_for(member: Member, pk: int) -> Decision:
    decisions = Decision.objects.filter(review__period__in=periods_of(member))
    return one_or_404(decisions.select_related("review__period"), pk=pk)
