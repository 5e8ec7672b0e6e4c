"""`genlyd worker`: does the jobs. Any number of these, on any number of machines."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal

from genlyd.cli import options

HELP = "do the jobs: mail, feeds, publishing, readings, schedules"
#: How long running jobs may go on after we were asked to stop; then they are put back.
GRACE = 6.0
LONGEST_PAUSE = 30.0
logger = logging.getLogger("genlyd.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=int, default=options.worker_jobs(), help="jobs at the same time (GENLYD_WORKER_JOBS)"
    )
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")


async def _work(jobs: int, *, wait: bool) -> None:
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
        )


async def _keep_working(jobs: int) -> None:
    """Work until told to stop; when the database goes away, wait for it."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    pause = 1.0
    while not stop.is_set():
        started = loop.time()
        working = asyncio.create_task(_work(jobs, wait=True))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            working.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working
            return
        stopping.cancel()
        error = working.exception()
        pause = 1.0 if loop.time() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        logger.warning(
            "The worker lost the database and tries again in %g s: %s", pause, error or "it went away"
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    asyncio.run(_work(args.jobs, wait=False) if args.once else _keep_working(args.jobs))
    return 0
