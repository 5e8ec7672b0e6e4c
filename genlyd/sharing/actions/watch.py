"""Beginning and ending to look at a published post."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from genlyd.base.facts import record
from genlyd.networks import registry
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.domain.lifecycle import LIVE, Event
from genlyd.sharing.domain.reading_times import expired, next_reading
from genlyd.sharing.facts import ShareDeleted
from genlyd.sharing.models import Delivery, PostWatch, Share


def watch(*, share_id: int, now: datetime) -> PostWatch | None:
    """Look at the post from now on; None where the network gives nothing, or does not say which post it is."""
    delivery = (
        Delivery.objects.filter(share_id=share_id, state__in=LIVE, share__deleted_at=None)
        .exclude(remote_id="")
        .select_related("share", "account")
        .order_by("-version")
        .first()
    )
    if delivery is None or delivery.share.confirmed_at is None:
        return None
    network, published = registry.get(delivery.share.network), delivery.share.confirmed_at
    first = next_reading(published, now)
    if network is None or network.reader is None or first is None:
        return None
    begun, _new = PostWatch.objects.get_or_create(
        delivery=delivery,
        defaults={
            "organisation_id": delivery.organisation_id, "network": network.key, "server": delivery.account.server,
            "published_at": published, "next_at": first,
        },
    )  # fmt: skip
    return begun


def notice_gone(post: PostWatch, *, now: datetime) -> None:
    """It was taken down at the network. What was read before stays; from now on it counts as deleted."""
    delivery = post.delivery
    with transaction.atomic():
        try:
            move(delivery, Event.DELETE, now=now)
        except Lost:
            return
        Share.objects.filter(pk=delivery.share_id, deleted_at=None).update(deleted_at=now)
        post.delete()
        record(ShareDeleted(share_id=delivery.share_id))


def drop_expired(now: datetime) -> int:
    """Forget the plans of posts that are too old, whatever kept them from being read."""
    return PostWatch.objects.filter(published_at__lt=expired(now)).delete()[0]
