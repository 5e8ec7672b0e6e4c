from __future__ import annotations

from genlyd.base import clock
from genlyd.base.facts import reacts_to
from genlyd.networks.facts import AccountConnected
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.actions.publish import resumption
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery
from genlyd.sharing.tasks import enqueue_delivery


@reacts_to(AccountConnected)
def take_up_again(fact: AccountConnected) -> None:
    """Posts that waited for the person to connect again go on."""
    for delivery in Delivery.objects.filter(account_id=fact.account_id, state=State.NEEDS_RECONNECT):
        try:
            move(delivery, resumption(delivery), now=clock.now(), problem="", not_before=None)
        except Lost:
            continue
        enqueue_delivery(delivery.pk)
