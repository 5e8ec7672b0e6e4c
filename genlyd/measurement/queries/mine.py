"""A member's own figures: seen by nobody else."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from genlyd.links.models import LinkDay
from genlyd.people.models import Member
from genlyd.programmes.models import Period
from genlyd.sharing.models import Share


def my_shares(member: Member, period: Period | None = None) -> QuerySet[Share]:
    """Confirmed and still there, newest first."""
    shares = Share.objects.filter(member=member, confirmed_at__isnull=False, deleted_at=None)
    if period is not None:
        shares = shares.filter(period=period)
    return shares.select_related("story").order_by("-confirmed_at", "-pk")


def visits_by_link(organisation_id: int, links: list[int]) -> dict[int, int]:
    rows = LinkDay.objects.filter(organisation_id=organisation_id, link_id__in=links)
    return dict(rows.values_list("link_id").annotate(Sum("human_clicks")))
