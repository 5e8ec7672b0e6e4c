"""Every minute: what a dead worker or a lost job left behind is put back on its way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from genlyd.sharing.actions.moves import Lost, move
from genlyd.sharing.domain import timing as times
from genlyd.sharing.domain.lifecycle import Event, State
from genlyd.sharing.domain.timing import NORMAL, Timing
from genlyd.sharing.models import Attempt, Delivery

#: So that one run stays short; the next minute takes the rest.
MOST = 500


def sweep(*, now: datetime, timing: Timing = NORMAL) -> tuple[list[int], list[int]]:
    """Ends expired leases; returns the deliveries that want a worker: (to deliver, to reconcile)."""
    _end_leases(now, timing)
    _stop_asking(now, timing)
    timely = Q(not_before=None) | Q(not_before__lte=now)
    to_deliver = Delivery.objects.filter(
        Q(state=State.SCHEDULED, due_at__lte=now)
        | Q(state__in=[State.DUE, State.READY, State.WAITING]) & timely
    )
    to_reconcile = Delivery.objects.filter(timely, state=State.UNKNOWN)
    return _ids(to_deliver), _ids(to_reconcile)


def _ids(rows: object) -> list[int]:
    return list(rows.order_by("due_at").values_list("pk", flat=True)[:MOST])  # type: ignore[attr-defined]


def _end_leases(now: datetime, timing: Timing) -> None:
    expired = Delivery.objects.filter(
        state__in=[State.SENDING, State.PREPARING, State.RECONCILING], lease_until__lte=now
    )
    for delivery in expired.order_by("lease_until")[:MOST]:
        try:
            with transaction.atomic():
                _end_lease(delivery, now, timing)
        except Lost:
            continue


def _end_lease(delivery: Delivery, now: datetime, timing: Timing) -> None:
    owner = delivery.lease_owner
    if delivery.state == State.SENDING:
        # Never back to ready: the request may have arrived, and its answer may have died with the worker.
        move(
            delivery,
            Event.LOSE,
            now=now,
            held_by=owner,
            problem="unconfirmed",
            not_before=now + times.after_lease(timing),
        )
        Attempt.objects.filter(delivery=delivery, ended_at=None).update(
            ended_at=now, outcome="unknown", error=f"the lease of {owner} ran out"[:300]
        )
    elif delivery.state == State.PREPARING:
        move(delivery, Event.BREAK_OFF, now=now, held_by=owner)
    else:
        move(delivery, Event.UNDECIDED, now=now, held_by=owner, not_before=now)


def _stop_asking(now: datetime, timing: Timing) -> None:
    silent = Delivery.objects.filter(state=State.ASK_PERSON, changed_at__lte=now - timing.ask_for)
    for delivery in silent[:MOST]:
        try:
            move(delivery, Event.GIVE_UP, now=now)
        except Lost:
            continue
