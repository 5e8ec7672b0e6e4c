from __future__ import annotations

from genlyd.base import clock
from genlyd.base.facts import reacts_to
from genlyd.networks.facts import AccountConnected, AppSaved, BudgetChanged
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.actions.watch import watch
from genlyd.sharing.domain.lifecycle import Event, State
from genlyd.sharing.facts import ShareConfirmed
from genlyd.sharing.models import Delivery


@reacts_to(AccountConnected)
def take_up_again(fact: AccountConnected) -> None:
    """Posts that waited for the person to connect again go on; one whose time is long past asks first."""
    for delivery in Delivery.objects.filter(account_id=fact.account_id, state=State.NEEDS_RECONNECT):
        try:
            move(delivery, Event.PREPARE_AGAIN, now=clock.agreed(), problem="", not_before=None)
        except Lost:
            continue


@reacts_to(ShareConfirmed)
def begin_to_look(fact: ShareConfirmed) -> None:
    """A job of its own, long after the publishing call: what goes wrong here cannot touch the post."""
    watch(share_id=fact.share_id, now=clock.now())


@reacts_to(BudgetChanged)
def try_again_with_the_new_budget(fact: BudgetChanged) -> None:
    """What waited for money asks again at once. What still does not reach goes back to waiting."""
    waiting = Delivery.objects.filter(
        organisation_id=fact.organisation_id,
        share__network=fact.network,
        state=State.WAITING,
        problem="budget",
    )
    waiting.update(not_before=clock.now())


@reacts_to(AppSaved)
def try_again_with_the_new_app(fact: AppSaved) -> None:
    """What waited for another version, or for the network to be switched on, asks again at once."""
    waiting = Delivery.objects.filter(
        organisation_id=fact.organisation_id,
        share__network=fact.network,
        state=State.WAITING,
        problem__in=["version", "switched_off"],
    )
    waiting.update(not_before=clock.now())
