"""The one door for a change of a delivery's state: the lifecycle says where to, the database says whether."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genlyd.sharing.domain import lifecycle
from genlyd.sharing.domain.lifecycle import Event
from genlyd.sharing.models import Delivery


class Lost(Exception):
    """Somebody else has moved the delivery meanwhile. Stop: it is theirs now."""


def move(
    delivery: Delivery, event: Event, *, now: datetime, held_by: str | None = None, **fields: Any
) -> None:
    """One conditional UPDATE of one row. `held_by` additionally demands that this worker still holds the lease.

    Leaving a leased state gives the lease back; `fields` are stored along with the move.
    """
    target = lifecycle.after(delivery.state, event)
    values: dict[str, Any] = {
        "lease_owner": "",
        "lease_until": None,
        **fields,
        "state": target,
        "changed_at": now,
    }
    mine = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, attempt_count=delivery.attempt_count)
    if held_by is not None:
        mine = mine.filter(lease_owner=held_by)
    if mine.update(**values) != 1:
        raise Lost(f"delivery {delivery.pk}: {delivery.state} -{event}->")
    for name, value in values.items():
        setattr(delivery, name, value)
