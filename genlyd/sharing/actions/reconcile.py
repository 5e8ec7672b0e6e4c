"""What became of a call whose end nobody saw? Ask the network; where it cannot say, ask the person."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import DatabaseError, InterfaceError, transaction

from genlyd.base import clock
from genlyd.networks import registry
from genlyd.networks.domain.outcome import Failed, Kind, Look, Sight, Unknown
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.actions.results import publish
from genlyd.sharing.domain import timing as times
from genlyd.sharing.domain.lifecycle import Event, State
from genlyd.sharing.domain.timing import NORMAL, Timing
from genlyd.sharing.models import Delivery

log = structlog.get_logger(__name__)


def reconcile(delivery_id: int, *, worker: str, timing: Timing = NORMAL) -> State | None:
    """One look, if it is time for one. Returns the state it led to."""
    delivery = Delivery.objects.select_related("share__link", "account").filter(pk=delivery_id).first()
    now = clock.agreed()
    if (
        delivery is None
        or delivery.state != State.UNKNOWN
        or (delivery.not_before and delivery.not_before > now)
    ):
        return None
    try:
        move(delivery, Event.LOOK, now=now, lease_owner=worker, lease_until=now + timing.lease)
        if asks(delivery):
            _ask(delivery, worker=worker, now=now)
        else:
            _decide(delivery, _look(delivery, now=now), worker=worker, timing=timing, now=clock.agreed())
    except Lost as lost:
        log.info("delivery_taken_by_another", delivery=delivery_id, at=str(lost))
    return State(delivery.state)


def asks(delivery: Delivery) -> bool:
    """The network shows nobody but the person whether the post is there."""
    network = registry.get(delivery.share.network)
    return network is None or network.capabilities.unknown is Unknown.ASK


def said_duplicate(delivery: Delivery) -> bool:
    last = delivery.attempts.order_by("-number").first()
    return last is not None and last.outcome == Kind.DUPLICATE


def in_doubt_since(delivery: Delivery) -> datetime | None:
    """When the first call began whose end nobody saw."""
    lost = delivery.attempts.filter(outcome__in=[Kind.UNKNOWN, Kind.DUPLICATE]).order_by("number").first()
    return lost.started_at if lost else None


def _look(delivery: Delivery, *, now: datetime) -> Look:
    network = registry.get(delivery.share.network)
    if network is None or network.publisher is None or not delivery.request_body:
        return Look(sight=Sight.UNREADABLE, error="this network cannot be read")
    try:
        return network.publisher.look(
            delivery.account, delivery.request_body, since=in_doubt_since(delivery) or now, now=now
        )
    except Failed as failed:
        return Look(sight=Sight.UNREADABLE, error=str(failed))
    except (DatabaseError, InterfaceError):
        raise
    except Exception as error:
        # Whatever a network answers: nothing is proven, and in the end the person is asked.
        log.exception("look_stumbled", delivery=delivery.pk)
        return Look(sight=Sight.UNREADABLE, error=type(error).__name__)


def _decide(delivery: Delivery, look: Look, *, worker: str, timing: Timing, now: datetime) -> None:
    if look.sight is Sight.FOUND:
        with transaction.atomic():
            publish(
                delivery,
                Event.FOUND,
                remote_id=look.remote_id,
                permalink=look.permalink,
                now=now,
                by_api=True,
            )
        return
    if look.sight is Sight.ABSENT and not said_duplicate(delivery):
        if look.prepare_again:
            tries = delivery.prepared.get("tries", 0)
            move(delivery, Event.SPENT, now=now, held_by=worker, not_before=None, problem="",
                 prepared={"tries": tries})  # fmt: skip
            return
        # The first repeat at once; a server that loses every request is asked less and less often.
        lost = delivery.attempts.filter(outcome=Kind.UNKNOWN).count()
        pause = times.back_off(lost - 1, timing)
        again = now + pause if pause else None
        move(delivery, Event.ABSENT, now=now, held_by=worker, not_before=again, problem="")
        return
    looks = delivery.reconcile_count + 1
    pause = times.settle(looks, timing)
    if pause is None:
        _ask(delivery, worker=worker, now=now)
        return
    move(delivery, Event.UNDECIDED, now=now, held_by=worker, reconcile_count=looks, not_before=now + pause)


def _ask(delivery: Delivery, *, worker: str, now: datetime) -> None:
    from genlyd.sharing.tasks import tell_unconfirmed  # tasks import actions

    with transaction.atomic():
        move(delivery, Event.ASK, now=now, held_by=worker, not_before=None)
        tell_unconfirmed.defer(delivery_id=delivery.pk)
