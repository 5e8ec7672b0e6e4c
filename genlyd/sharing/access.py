"""What a member may load: their own, and nothing of anybody else's."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from genlyd.base.tenancy import one_or_404
from genlyd.content.models import Story
from genlyd.people.models import Member
from genlyd.sharing.models import Delivery, Draft, Share


def stories_to_share(member: Member, *, now: datetime) -> QuerySet[Story]:
    """Stories on offer that are for this member."""
    teams = [team for team in (member.department_id, member.location_id) if team]
    return (
        Story.objects.on_offer(now)
        .filter(Q(audience=None) | Q(audience__in=teams), organisation_id=member.organisation_id)
        .distinct()
    )


def story_for(member: Member, pk: int, *, now: datetime) -> Story:
    rows = stories_to_share(member, now=now).select_related("picture", "preview_picture", "period__programme")
    return one_or_404(rows.prefetch_related("facts", "angles", "examples"), pk=pk)


def shares_of(member: Member) -> QuerySet[Share]:
    return Share.objects.filter(member=member, organisation_id=member.organisation_id)


def share_for(member: Member, pk: int) -> Share:
    return one_or_404(
        shares_of(member).select_related("story__preview_picture", "link", "picture", "member__organisation"),
        pk=pk,
    )


def delivery_of(share: Share) -> Delivery | None:
    """The newest version of the share's delivery."""
    return share.deliveries.select_related("account").order_by("-version").first()


def draft_for(member: Member, pk: int) -> Draft:
    return one_or_404(Draft.objects.filter(member=member, organisation_id=member.organisation_id), pk=pk)
