"""Jobs of sharing. The queue may run a job twice and may lose a worker: see actions, which expect both."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import datetime
from zlib import crc32

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from genlyd.base import clock
from genlyd.base.ids import code


def worker_name() -> str:
    """Different for every job: a lease belongs to one run, not to one process."""
    return f"{socket.gethostname()[:40]}.{os.getpid()}.{code(6)}"


# Publishing is no job of the queue: genlyd.sharing.dispatch picks what is due. And no retry here, ever: whether a
# delivery may be looked after again is the lifecycle's decision, not the queue's.
@app.task(queue="sharing", retry=False)
def reconcile(*, delivery_id: int) -> None:
    from genlyd.sharing.actions.reconcile import reconcile as look

    look(delivery_id, worker=worker_name())
    look_again(delivery_id)


# Deleting twice is the same as deleting once, so here the queue may repeat.
#: About eight hours in all.
_DELETE_TRIES = 10


@app.task(
    queue="sharing", retry=RetryStrategy(max_attempts=_DELETE_TRIES - 1, exponential_wait=3), pass_context=True
)  # fmt: skip
def delete_post(context: JobContext, *, delivery_id: int) -> None:
    from genlyd.sharing.actions.delete import NotYet, carry_out, give_up

    try:
        carry_out(delivery_id)
    except Exception as error:
        # Also what nobody foresaw: "being deleted" must not be said for ever.
        if context.job.attempts >= _DELETE_TRIES - 1:
            give_up(delivery_id)
            if isinstance(error, NotYet):
                return
        raise


@app.task(queue="notifications", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def tell_unconfirmed(*, delivery_id: int) -> None:
    from genlyd.sharing.notices import tell_unconfirmed as tell

    tell(delivery_id)


@app.task(queue="notifications", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def tell_late(*, delivery_id: int) -> None:
    from genlyd.sharing.notices import tell_late as tell

    tell(delivery_id)


@app.task(queue="notifications", retry=RetryStrategy(max_attempts=5, exponential_wait=5))
def remind(*, share_id: int) -> None:
    from genlyd.sharing.notices import remind as tell

    tell(share_id)


@app.task(queue="sharing", queueing_lock="sharing.sweep", pass_context=False)
def sweep(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.sharing.actions.sweep import sweep as put_back

    _to_deliver, to_reconcile = put_back(now=clock.agreed())
    for delivery_id in to_reconcile:
        enqueue_look(delivery_id)


# Figures can wait: their jobs come after all others, and take up at most so many of a worker's places at a time.
_READERS = 2


@app.task(queue="readings", queueing_lock="sharing.read_back", priority=-1)
def read_back(timestamp: int) -> None:  # noqa: ARG001
    """A job for each network (or server) with posts to look at, so that one which hangs holds up no other."""
    from genlyd.sharing.actions.reading_lanes import lanes_due
    from genlyd.sharing.actions.watch import drop_expired

    drop_expired(clock.now())
    for lane in lanes_due(clock.now()):
        enqueue_reading(lane.organisation_id, lane.network, lane.server)


@app.task(queue="readings", retry=False, priority=-1)
def read_lane(*, organisation_id: int, network: str, server: str) -> None:
    from genlyd.sharing.actions.read_back import read_lane as read
    from genlyd.sharing.actions.reading_lanes import Lane

    if read(Lane(organisation_id, network, server), now=clock.now):
        enqueue_reading(organisation_id, network, server)


@app.task(queue="chores", queueing_lock="sharing.forget_told")
def forget_told(timestamp: int) -> None:  # noqa: ARG001
    from genlyd.sharing.actions.forget_told import forget_told as forget

    forget(now=clock.now())


def enqueue_reading(organisation_id: int, network: str, server: str) -> None:
    lane = f"{organisation_id}.{network}.{server}"
    job = read_lane.configure(
        queueing_lock=f"read_lane.{lane}", lock=f"read_lane.{crc32(lane.encode()) % _READERS}"
    )
    _enqueue(lambda: job.defer(organisation_id=organisation_id, network=network, server=server))


def look_again(delivery_id: int) -> None:
    """Ask for the next look at an unknown outcome, at its time. The sweep would find it too, up to a minute later."""
    from genlyd.sharing.domain.lifecycle import State
    from genlyd.sharing.models import Delivery

    delivery = Delivery.objects.filter(pk=delivery_id, state=State.UNKNOWN, not_before__isnull=False).first()
    if delivery:
        enqueue_look(delivery_id, at=delivery.not_before)


def enqueue_look(delivery_id: int, *, at: datetime | None = None) -> None:
    job = reconcile.configure(queueing_lock=f"reconcile.{delivery_id}", schedule_at=at)
    _enqueue(lambda: job.defer(delivery_id=delivery_id))


def _enqueue(defer: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            defer()
    except AlreadyEnqueued:
        return


@app.task(queue="chores", queueing_lock="sharing.forget_old_figure_imports")
def forget_old_figure_imports(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.sharing.actions.import_figures import forget_old_imports

    forget_old_imports(now=clock.now())
