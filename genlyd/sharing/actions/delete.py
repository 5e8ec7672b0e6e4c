"""Taking a post down again: asked for by the person, carried out by the worker, repeatable."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.networks import registry
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.sharing.access import delivery_of
from genlyd.sharing.actions.moves import move
from genlyd.sharing.domain.lifecycle import LIVE, Event
from genlyd.sharing.facts import ShareDeleted
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.tasks import delete_post


class NotYet(Exception):
    """The network did not take it down this time; the queue tries again."""


def may_delete(share: Share, delivery: Delivery | None) -> bool:
    """Genlyd can take it down itself."""
    network = registry.get(share.network)
    return bool(
        delivery and delivery.state in LIVE and delivery.remote_id and network and network.capabilities.delete
        and not share.deletion_asked_at
    )  # fmt: skip


def ask_deletion(*, share: Share) -> Share:
    delivery = delivery_of(share)
    if not may_delete(share, delivery):
        raise Refused(_("Genlyd cannot delete this post."), next_step=_("Delete it on the network itself."))
    assert delivery
    with transaction.atomic():
        share.deletion_asked_at = clock.now()
        share.save(update_fields=["deletion_asked_at"])
        delete_post.defer(delivery_id=delivery.pk)
    return share


def give_up(delivery_id: int) -> None:
    """The network would not take it down: the person may ask again, or do it there."""
    Share.objects.filter(deliveries=delivery_id, deleted_at=None).update(deletion_asked_at=None)


def carry_out(delivery_id: int) -> None:
    """Delete at the network, then here. Raises NotYet to be called again."""
    delivery = Delivery.objects.select_related("share", "account").get(pk=delivery_id)
    network = registry.get(delivery.share.network)
    if delivery.state not in LIVE or network is None or network.publisher is None:
        return
    try:
        outcome = network.publisher.delete(delivery.account, delivery.remote_id)
    except Failed as failed:
        outcome = failed.outcome
    if outcome.kind is not Kind.PUBLISHED:
        raise NotYet(f"{outcome.kind} {outcome.error}")
    now = clock.now()
    with transaction.atomic():
        move(delivery, Event.DELETE, now=now)
        Share.objects.filter(pk=delivery.share_id).update(deleted_at=now)
        if delivery.share.confirmed_at:
            record(ShareDeleted(share_id=delivery.share_id))
