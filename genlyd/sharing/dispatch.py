"""Taking deliveries to their networks: in batches from the database, in threads to the networks.

A queue job for each delivery would cost more than the delivery itself. Instead every worker asks the deliveries' own
table what is due, lends itself a batch of them (a lease, which a dead worker leaves to expire) and lets each go the
whole way of `actions.publish.deliver` in a thread of its own. Who is picked:

- the longest due first, and of each account only the first, while none of its other posts is under way: so a
  colleague with fifty posts holds up nobody, and no account is called twice at once (the database refuses that too);
- nothing that another worker is about to pick (SKIP LOCKED) or holds.

Nothing here decides whether a post may be sent: that is the claim's (`publish.claim`), one delivery at a time.
"""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)

from genlyd.base import clock
from genlyd.sharing.actions.publish import JUST_NOW, carry, deliver, load
from genlyd.sharing.domain.lifecycle import Event, State, after
from genlyd.sharing.domain.timing import NORMAL, Timing
from genlyd.sharing.models import Delivery
from genlyd.sharing.tasks import look_again, worker_name

log = structlog.get_logger(__name__)
#: Seconds between two looks for what has come due.
POLL = 1.0
#: What can be picked; a delivery in one of these is not yet on its way.
PICKABLE = (State.SCHEDULED, State.DUE, State.READY, State.WAITING)
UNDER_WAY = (State.PREPARING, State.SENDING)

_TAKE = """
WITH picked AS (
    SELECT d.id FROM sharing_delivery d
    WHERE d.state = ANY(%(pickable)s) AND greatest(d.due_at, d.not_before) <= %(now)s
    AND (d.lease_until IS NULL OR d.lease_until <= %(now)s)
    AND NOT EXISTS (
        SELECT FROM sharing_delivery o
        WHERE o.account_id = d.account_id AND o.id <> d.id AND o.state = ANY(%(live)s)
        AND (
            o.state = ANY(%(under_way)s) OR o.lease_until > %(now)s
            OR (greatest(o.due_at, o.not_before), o.id) < (greatest(d.due_at, d.not_before), d.id)
        )
    )
    ORDER BY greatest(d.due_at, d.not_before), d.id
    LIMIT %(most)s
    FOR UPDATE OF d SKIP LOCKED
)
UPDATE sharing_delivery d SET lease_owner = %(worker)s, lease_until = %(until)s,
    state = CASE WHEN d.state = %(scheduled)s THEN %(come_due)s ELSE d.state END, changed_at = %(now)s
FROM picked WHERE d.id = picked.id
RETURNING d.id, greatest(d.due_at, d.not_before)
"""


def take(most: int, *, worker: str, now: datetime, timing: Timing = NORMAL) -> list[int]:
    """Lend up to `most` due deliveries to this worker, the longest due first."""
    values: dict[str, Any] = {
        "pickable": list(PICKABLE), "under_way": list(UNDER_WAY), "live": [*PICKABLE, *UNDER_WAY], "now": now,
        "most": most, "worker": worker, "until": now + timing.lease, "scheduled": State.SCHEDULED,
        "come_due": after(State.SCHEDULED, Event.COME_DUE),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        rows = cursor.fetchall()
    return [pk for pk, _due in sorted(rows, key=lambda row: (row[1], row[0]))]


def give_back(pk: int, *, worker: str) -> None:
    """Lent and not begun: others need not wait for the lease to end."""
    mine = Delivery.objects.filter(pk=pk, state__in=PICKABLE, lease_owner=worker)
    mine.update(lease_owner="", lease_until=None)


@dataclass(frozen=True)
class _Lent:
    """A delivery that waits for a thread, the name it is lent to, and when it was loaded. None ends a thread."""

    delivery: Delivery
    worker: str
    loaded: float


class Dispatcher:
    """One worker's part in it. `start`, and in the end `stop`; or `run_out` to do what is due and no more."""

    def __init__(self, *, calls: int, timing: Timing = NORMAL, poll: float = POLL) -> None:
        self._calls, self._timing, self._poll = calls, timing, poll
        self._taken: queue.SimpleQueue[_Lent | None] = queue.SimpleQueue()
        self._unfinished = 0
        self._changed = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._keep_taking, name="dispatch", daemon=True)
        self._thread.start()
        self._open()

    def take_no_more(self) -> None:
        """Begin nothing from now on. What waits here goes back."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def stop(self, patience: float) -> bool:
        """Wait for the calls under way. What is not finished then is left to its lease; says whether all was."""
        self.take_no_more()
        with self._changed:
            finished = self._changed.wait_for(lambda: self._unfinished == 0, timeout=patience)
        for _ in range(self._calls):
            self._taken.put(None)
        return finished

    def run_out(self) -> None:
        """Take and deliver until nothing is due."""
        self._open()
        while True:
            if not self._refill():
                with self._changed:
                    if self._unfinished == 0:
                        break
                    self._changed.wait(timeout=self._poll)
        self.stop(0)

    @property
    def is_busy(self) -> bool:
        """Every thread has a post in hand, and more are waiting."""
        return self._unfinished > self._calls

    def _open(self) -> None:
        # Daemons: a call that hangs must not keep a worker that was told to end.
        for number in range(self._calls):
            threading.Thread(target=self._deliver, name=f"deliver-{number}", daemon=True).start()

    def _keep_taking(self) -> None:
        while not self._stopping:
            try:
                found = self._refill()
            except (DatabaseError, InterfaceError, OSError) as error:
                log.warning("dispatch_without_database", error=str(error)[:200])
                found = False
            except Exception:
                log.exception("dispatch_stumbled")
                found = False
            finally:
                close_old_connections()
            with self._changed:
                if not self._stopping:
                    # A finished delivery may have freed its account's next one; else look again when the time is up.
                    self._changed.wait_for(
                        self._is_hungry if found else lambda: self._stopping, timeout=self._poll
                    )

    def _is_hungry(self) -> bool:
        """Half of what may wait here ahead of the threads is used up."""
        return self._stopping or self._unfinished <= self._calls * 3 // 2

    def _refill(self) -> bool:
        """As many again as there are threads wait ahead of them, so that none of them ever waits for a batch."""
        with self._changed:
            room = self._calls * 2 - self._unfinished
        if room <= 0:
            return True
        worker = worker_name()
        taken = take(room, worker=worker, now=clock.agreed(), timing=self._timing)
        loaded, found = time.monotonic(), load(taken)
        with self._changed:
            self._unfinished += len(found)
        for delivery in found:
            self._taken.put(_Lent(delivery, worker, loaded))
        return bool(taken)

    def _deliver(self) -> None:
        while (lent := self._taken.get()) is not None:
            delivery = lent.delivery
            try:
                if self._stopping:
                    give_back(delivery.pk, worker=lent.worker)
                else:
                    fresh = time.monotonic() - lent.loaded < JUST_NOW
                    if fresh:
                        carry(delivery, worker=worker_name(), timing=self._timing)
                    else:
                        deliver(delivery.pk, worker=worker_name(), timing=self._timing)
                    if not fresh or delivery.state == State.UNKNOWN:
                        look_again(delivery.pk)
            except (OperationalError, InterfaceError) as error:
                # Where it stands is in the database: a lease that runs out is looked after by the sweep.
                log.warning("delivery_without_database", delivery=delivery.pk, error=str(error)[:200])
                time.sleep(self._poll)
            except Exception:
                log.exception("delivery_stumbled", delivery=delivery.pk)
                time.sleep(self._poll)
            finally:
                close_old_connections()
                with self._changed:
                    self._unfinished -= 1
                    self._changed.notify_all()
