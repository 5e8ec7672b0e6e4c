"""Who else has planned the same story for the same minute, and when a post goes out because of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from genlyd.content.models import Story
from genlyd.networks.contract import Network
from genlyd.people.models import Member
from genlyd.sharing.domain import spread
from genlyd.sharing.models import Share


def spread_for(member: Member, story: Story, network: Network, *, when: datetime) -> timedelta:
    """Within how much time the member's post goes out instead of exactly then; nothing while nobody else is there."""
    within = spread.room(when, network.spread, story.expires_at)
    if not within:
        return timedelta(0)
    begins, ends = spread.minute_of(when)
    there = Share.objects.filter(
        Q(confirmed_at=None) | Q(deleted_at=None), story=story, network=network.key, way=Share.Way.API,
        cancelled_at=None, planned_at__gte=begins, planned_at__lt=ends,
    )  # fmt: skip
    return within if there.exclude(member=member).exists() else timedelta(0)


def due_for(share: Share, network: Network, *, planned: bool) -> datetime:
    """When the post is to go out. Part of the caller's transaction, with the share in it.

    A post "now" goes now; of planned ones the first has its minute to itself, and the others come after it, each at
    an instant that its share decides.
    """
    if not planned or not network.spread:
        return share.planned_at
    # Two who plan at the same moment must not both be the first.
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"spread {share.story_id} {network.key} {share.planned_at:%Y-%m-%dT%H:%M}"],
        )
    within = spread_for(share.member, share.story, network, when=share.planned_at)
    return share.planned_at + spread.offset(f"share {share.pk}", within)
