"""A delivery's way to its network, one step after the other. A worker may die anywhere in here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)

from genlyd.base import clock
from genlyd.networks import budget, quotas, registry
from genlyd.networks.contract import Publisher
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.quota import Call
from genlyd.sharing import checks
from genlyd.sharing.actions import parcel, results
from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.domain import timing as times
from genlyd.sharing.domain.lifecycle import Event, State
from genlyd.sharing.domain.timing import NORMAL, Timing
from genlyd.sharing.models import Attempt, Delivery

log = structlog.get_logger(__name__)
#: Seconds for which what was asked before preparing (consent, rules, the story) need not be asked again.
JUST_NOW = 5.0
#: Seconds between two tries to store an outcome in a database that is away.
STORE_AGAIN = 0.5
#: What a claim changes.
_CLAIMED = (
    "state", "attempt_count", "lease_owner", "lease_until", "dedup_key", "request_body", "not_before", "changed_at",
)  # fmt: skip


def load(ids: Sequence[int]) -> list[Delivery]:
    """Deliveries with all that their way asks about, in the order of the ids. Two queries, however many."""
    rows = Delivery.objects.select_related(
        "share__link", "share__story", "share__member__organisation", "account"
    ).prefetch_related("share__story__examples")
    found = rows.in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]


def deliver(delivery_id: int, *, worker: str, timing: Timing = NORMAL) -> None:
    """Take the delivery as far as it goes now. Safe to call at any time, by any number of workers."""
    for delivery in load([delivery_id]):
        carry(delivery, worker=worker, timing=timing)


def carry(delivery: Delivery, *, worker: str, timing: Timing = NORMAL) -> None:
    """`deliver` for who has loaded it just now."""
    network = registry.get(delivery.share.network)
    if network is None or network.publisher is None:
        return
    try:
        wake(delivery)
        if put_off(delivery, timing=timing):
            return
        checked = None
        if delivery.state == State.DUE and _may_begin(delivery):
            checked = time.monotonic()
            _prepare(delivery, network.publisher, worker=worker, timing=timing)
        if (
            delivery.state == State.READY
            and _may_begin(delivery)
            and not _has_had_enough(delivery, timing=timing)
        ):
            just_now = checked is not None and time.monotonic() - checked < JUST_NOW
            if just_now or _still_may(delivery):
                _send(delivery, network.publisher, worker=worker, timing=timing)
    except Lost as lost:
        log.info("delivery_taken_by_another", delivery=delivery.pk, at=str(lost))


def _may_begin(delivery: Delivery) -> bool:
    return delivery.not_before is None or delivery.not_before <= clock.agreed()


def wake(delivery: Delivery) -> None:
    """What waits for a time moves on when the time has come."""
    now = clock.agreed()
    if delivery.state == State.SCHEDULED and delivery.due_at <= now:
        move(delivery, Event.COME_DUE, now=now)
    elif delivery.state == State.WAITING and _may_begin(delivery):
        move(delivery, Event.PREPARE_AGAIN, now=now, not_before=None)


def put_off(delivery: Delivery, *, timing: Timing) -> bool:
    """A post whose time is long past (after an outage, a long wait to reconnect) asks before it goes out."""
    now = clock.agreed()
    if delivery.state not in {State.DUE, State.READY} or not times.is_late(delivery.due_at, now, timing):
        return False
    from genlyd.sharing.tasks import tell_late  # tasks import actions

    with transaction.atomic():
        move(delivery, Event.PUT_OFF, now=now, not_before=None, problem="late")
        tell_late.defer(delivery_id=delivery.pk)
    return True


def _prepare(delivery: Delivery, publisher: Publisher, *, worker: str, timing: Timing) -> None:
    """Everything that may be repeated: token, pictures, the frozen record."""
    now = clock.agreed()
    move(delivery, Event.PREPARE, now=now, lease_owner=worker, lease_until=now + timing.lease)
    done = dict(delivery.prepared)

    def keep() -> None:
        Delivery.objects.filter(pk=delivery.pk, state=State.PREPARING, lease_owner=worker).update(
            prepared=done
        )

    if refusal := checks.at_send(delivery.share, now=now):
        _after_failure(delivery, refusal, worker=worker, timing=timing)
        return
    try:
        publisher.prepare(delivery.account, parcel.of(delivery), done, keep)
    except Failed as failed:
        _after_failure(delivery, failed.outcome, worker=worker, timing=timing)
        return
    except Exception as error:
        # A picture that is gone, say: without an end to the trying it would be tried for ever.
        log.exception("prepare_stumbled", delivery=delivery.pk)
        stumbled = Outcome(kind=Kind.NOT_SENT, problem="unreachable", error=f"{type(error).__name__}"[:300])
        _after_failure(delivery, stumbled, worker=worker, timing=timing)
        return
    # The lease goes on until the claim: another worker that found it ready meanwhile would do the rest in vain.
    now = clock.agreed()
    move(
        delivery, Event.PREPARED, now=now, held_by=worker, prepared=done, not_before=None, lease_owner=worker,
        lease_until=now + timing.lease,
    )  # fmt: skip


def _after_failure(delivery: Delivery, outcome: Outcome, *, worker: str, timing: Timing) -> None:
    now = clock.agreed()
    match outcome.kind:
        case Kind.REJECTED:
            move(delivery, Event.REFUSE, now=now, held_by=worker, problem=outcome.problem)
        case Kind.RECONNECT:
            move(delivery, Event.SIGNED_OUT, now=now, held_by=worker, problem=outcome.problem)
        case Kind.WAIT:
            until = now + (outcome.wait or timing.back_off[0])
            move(delivery, Event.HOLD, now=now, held_by=worker, problem=outcome.problem, not_before=until)
        case _:
            # Nothing that shows was asked for yet, so even an unknown outcome here may simply be repeated.
            tries = int(delivery.prepared.get("tries", 0)) + 1
            pause = times.back_off(tries, timing)
            if pause is None:
                move(delivery, Event.REFUSE, now=now, held_by=worker, problem="gave_up")
                return
            stored = Delivery.objects.values_list("prepared", flat=True).get(pk=delivery.pk)
            move(
                delivery, Event.BREAK_OFF, now=now, held_by=worker, problem=outcome.problem,
                not_before=now + pause, prepared={**stored, "tries": tries},
            )  # fmt: skip


def _has_had_enough(delivery: Delivery, *, timing: Timing) -> bool:
    """Each time the end was not seen, and each time a look proved that nothing is there."""
    if not delivery.attempt_count:
        return False
    if delivery.attempts.filter(outcome=Kind.UNKNOWN).count() <= len(timing.back_off):
        return False
    move(delivery, Event.REFUSE, now=clock.agreed(), problem="gave_up")
    return True


def _still_may(delivery: Delivery) -> bool:
    """Asked again of what was prepared some time ago."""
    if refusal := checks.at_send(delivery.share, now=clock.agreed()):
        event = Event.HOLD if refusal.kind is Kind.WAIT else Event.REFUSE
        until = clock.agreed() + refusal.wait if refusal.wait else None
        move(delivery, event, now=clock.agreed(), problem=refusal.problem, not_before=until)
        return False
    return True


def _send(delivery: Delivery, publisher: Publisher, *, worker: str, timing: Timing) -> None:
    began = time.monotonic()
    try:
        attempt = claim(delivery, publisher, worker=worker, timing=timing)
    except Failed as failed:
        # No quota or no money left: nothing was claimed, and nothing taken.
        until = clock.agreed() + (failed.outcome.wait or timing.back_off[0])
        move(delivery, Event.HOLD, now=clock.agreed(), problem=failed.outcome.problem, not_before=until)
        return
    # Asked of two clocks: the database's may be set back meanwhile, and this machine's own stands still in its sleep.
    left = timing.lease - timedelta(seconds=time.monotonic() - began)
    if delivery.lease_until is not None:
        left = min(left, delivery.lease_until - clock.agreed())
    if left < timing.lease_margin:
        # The machine slept between claim and call: nothing was sent, and there is no time left to send safely.
        outcome = Outcome(kind=Kind.NOT_SENT, problem="busy", error="no time left in the lease")
    else:
        outcome = _call(delivery, publisher)
    _keep(
        delivery, outcome, attempt, worker=worker, timing=timing, until=began + timing.lease.total_seconds()
    )


def _keep(
    delivery: Delivery, outcome: Outcome, attempt: Attempt, *, worker: str, timing: Timing, until: float
) -> None:
    """Store what the call brought. A database that restarts is waited for: the network's answer is known only here."""
    while True:
        try:
            results.store(
                delivery, outcome, worker=worker, now=clock.agreed(), timing=timing, began=attempt.started_at
            )
        except (OperationalError, InterfaceError) as error:
            log.warning("outcome_not_stored_yet", delivery=delivery.pk, error=str(error)[:200])
            if time.monotonic() > until or connection.in_atomic_block:
                raise
            time.sleep(STORE_AGAIN)
            _let_go()
        else:
            return


def claim(delivery: Delivery, publisher: Publisher, *, worker: str, timing: Timing) -> Attempt:
    """Make this worker the only sender, durably, BEFORE a socket is opened.

    Takes what the call costs in quotas and money in the same transaction. Raises Lost, Exhausted and OverBudget.
    """
    key, body = publisher.request(delivery.prepared)
    network = registry.NETWORKS[delivery.share.network]
    price = budget.price_of_post(
        network, delivery.organisation_id, network.written(parcel.message_of(delivery.share))
    )
    now = clock.agreed()
    with _one_at_a_time(delivery), transaction.atomic(durable=True):
        number = delivery.attempt_count + 1
        move(
            delivery, Event.CLAIM, now=now, attempt_count=number, lease_owner=worker,
            lease_until=now + timing.lease, dedup_key=key, request_body=body, not_before=None,
        )  # fmt: skip
        attempt = Attempt.objects.create(
            organisation_id=delivery.organisation_id, delivery=delivery, number=number, started_at=now,
            request_body=body, price=price,
        )  # fmt: skip
        budget.reserve(network, delivery.organisation_id, price, now=now)
        # Last: many claims wait for one another at the count of an app, so it is held as short as can be.
        quotas.take(network, delivery.account, Call.POST, now=now, savepoint=False)
    return attempt


@contextmanager
def _one_at_a_time(delivery: Delivery) -> Iterator[None]:
    """Another call of the same account is under way: the database lets this one wait."""
    before = {name: getattr(delivery, name) for name in _CLAIMED}
    try:
        yield
    except (IntegrityError, Failed) as error:
        # What was rolled back did not happen.
        for name, value in before.items():
            setattr(delivery, name, value)
        if isinstance(error, Failed) or "one_call_per_account" not in str(error):
            raise
        raise Lost(f"account {delivery.account_id} is posting") from error


def _let_go() -> None:
    """Networks take their time: a connection to the database is not kept from others meanwhile."""
    if not connection.in_atomic_block:
        close_old_connections()


def _call(delivery: Delivery, publisher: Publisher) -> Outcome:
    _let_go()
    try:
        return publisher.send(delivery.account, delivery.request_body or {})
    except Failed as failed:
        return failed.outcome
    except Exception as error:
        # The network may have accepted it before we stumbled: never resend from here, see reconcile.
        log.exception("send_stumbled", delivery=delivery.pk)
        return Outcome(
            kind=Kind.UNKNOWN, problem="unconfirmed", error=f"{type(error).__name__}: {error}"[:300]
        )
