"""`genlyd worker`: does the jobs. Any number of these, on any number of machines."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from genlyd.cli import options

if TYPE_CHECKING:
    from procrastinate import JobContext
    from procrastinate.middleware import AsyncCallNext, WorkerMiddleware
    from procrastinate.worker import Worker

HELP = "do the jobs: mail, feeds, publishing, readings, schedules"
#: How long running jobs may go on after we were asked to stop; then they are put back.
GRACE = 6.0
#: Seconds between two attempts to reach the database; and of work after which the next pause is a short one again.
LONGEST_PAUSE = 10.0
#: Seconds for which one follow-up of a post waits at most while posts are on their way.
LONGEST_LAG = 2.0
logger = logging.getLogger("genlyd.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=int, default=options.worker_jobs(), help="jobs at the same time (GENLYD_WORKER_JOBS)"
    )
    parser.add_argument(
        "--calls", type=int, default=options.worker_calls(),
        help="posts on their way to a network at the same time (GENLYD_WORKER_CALLS)",
    )  # fmt: skip
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")


def _posts_first(is_busy: Callable[[], bool]) -> WorkerMiddleware:
    """What follows from posts (counting, planning to look again) waits while there are more posts than threads.

    It may lag behind a burst; posts may not, and both need the same processors.
    """

    async def wait(call_next: AsyncCallNext, context: JobContext, worker: Worker) -> Any:  # noqa: ARG001
        until = time.monotonic() + LONGEST_LAG
        while context.job.queue == "facts" and is_busy() and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.1)  # what is asked lives in other threads
        return await call_next()

    return wait


async def _work(jobs: int, *, wait: bool, is_busy: Callable[[], bool] = lambda: False) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.db_cleanup import DjangoApp

    # An app of its own for fetching jobs. Tasks keep pointing at Django's app, so that a job deferred inside a task
    # commits with that task's transaction; `app.replace_connector` would quietly give it another connection.
    mine = DjangoApp(connector=app.connector.get_worker_connector(), worker_defaults=app.worker_defaults)  # type: ignore[attr-defined]
    mine.tasks = app.tasks
    mine.periodic_registry = app.periodic_registry
    async with mine.open_async():
        await mine.run_worker_async(
            concurrency=jobs,
            wait=wait,
            install_signal_handlers=False,
            shutdown_graceful_timeout=GRACE,
            # Some jobs come every few seconds. What failed stays, to be looked at.
            delete_jobs="successful",
            worker_middleware=[_posts_first(is_busy)],
        )


def _wait_for_no_connection() -> None:
    """Threads that wait for a connection to a database that is gone as well would keep us for a minute."""
    from django.db import connections

    threading.Thread(target=connections["default"].close_pool, daemon=True).start()  # type: ignore[attr-defined]


async def _let_go() -> None:
    """Periodic jobs are entered on Django's connection, in the one thread that async code shares with it.

    Nobody else closes it: with the one that broke in hand, that thread would fail at every attempt, for good.
    """
    from asgiref.sync import sync_to_async
    from django.db import connections

    await sync_to_async(connections.close_all)()


async def _keep_working(jobs: int, told: Callable[[], None], is_busy: Callable[[], bool]) -> None:
    """Work until told to stop; when the database goes away, wait for it. `told` is called once we are told."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop_now() -> None:
        stop.set()
        told()
        loop.call_later(GRACE + 1, _wait_for_no_connection)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop_now)
    pause = 1.0
    while not stop.is_set():
        started = loop.time()
        working = asyncio.create_task(_work(jobs, wait=True, is_busy=is_busy))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            working.cancel()
            # Without a database it could not even put back what it had begun, and would try for half a minute. Who is
            # still at it then is cancelled once more as the loop ends.
            await asyncio.wait({working}, timeout=GRACE + 2)
            return
        stopping.cancel()
        error = working.exception()
        pause = 1.0 if loop.time() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        await _let_go()
        logger.warning(
            "The worker lost the database and tries again in %g s: %s", pause, error or "it went away"
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


def _widen_pool(*, jobs: int, calls: int) -> None:
    """Threads share the database's connections, and none holds one while it waits for a network.

    On a busy machine they queue for them: whoever has a network's answer in hand must not lose it to a short patience.
    """
    from django.db import connections

    pool = connections["default"].settings_dict["OPTIONS"].get("pool")
    if isinstance(pool, dict):
        pool.update(max_size=jobs + max(8, calls // 2), timeout=60)


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    # Only now: models need Django to be ready.
    from genlyd.sharing.dispatch import Dispatcher

    _widen_pool(jobs=args.jobs, calls=args.calls)
    dispatcher = Dispatcher(calls=args.calls)
    if args.once:
        dispatcher.run_out()
        asyncio.run(_work(args.jobs, wait=False))
        return 0
    dispatcher.start()
    asked: list[float] = []

    def told() -> None:
        asked.append(time.monotonic())
        dispatcher.take_no_more()

    try:
        asyncio.run(_keep_working(args.jobs, told, lambda: dispatcher.is_busy))
    finally:
        # Calls have the same time as jobs. One that takes longer is left to its lease, as if we had been killed.
        dispatcher.stop(max(0.0, GRACE - (time.monotonic() - asked[0])) if asked else 0.0)
    return 0
