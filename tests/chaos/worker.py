"""A worker that hurries, to be killed: python -m tests.chaos.worker, and its number on standard input.

It delivers with the worker's own dispatcher in several threads, so that a kill finds calls in every stage; looks are
taken from the sweep alone, as after an outage in which every job was lost. Its own clock and the database's are wrong
by what two files say.
"""

from __future__ import annotations

import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

THREADS = 4
SECOND = timedelta(seconds=1)


def hurried() -> Any:
    """The lifecycle's times, short enough for a test and in the same proportions."""
    from genlyd.sharing.domain.timing import Timing

    return Timing(
        lease=12 * SECOND,
        lease_margin=6 * SECOND,
        settle=(SECOND,) * 6,
        back_off=(SECOND / 5,) * 60,
    )


def hurry_networks(seconds: float = 1.0) -> None:
    """A network that is silent for a second is silent, and one that shows nothing after a second has nothing."""
    from genlyd.networks.linkedin import pictures
    from genlyd.networks.registry import NETWORKS

    pictures.SETTLES = 0.2
    for network in NETWORKS.values():
        publisher: Any = network.publisher
        if publisher is not None:
            publisher.read_timeout = seconds
            if hasattr(publisher, "absent_after"):
                publisher.absent_after = SECOND


def wrong_by(name: str) -> timedelta:
    try:
        return timedelta(seconds=float((Path(os.environ["GENLYD_CHAOS_CLOCKS"]) / name).read_text()))
    except (OSError, ValueError):
        return timedelta()


def set_clocks(number: str) -> None:
    """This process's clock is wrong by what the file `worker.<number>` says, the database's by `database`."""
    from django.utils import timezone

    from genlyd.base import clock

    right_now, right_time, right_agreed = timezone.now, time.time, clock.agreed

    def now() -> datetime:
        return right_now() + wrong_by(f"worker.{number}")

    timezone.now = now
    time.time = lambda: right_time() + wrong_by(f"worker.{number}").total_seconds()
    clock.agreed = lambda: right_agreed() + wrong_by("database")


def work() -> None:
    """Delivers as every worker does, and looks after what is in doubt as soon as it may be looked at."""
    from django.db import DatabaseError, InterfaceError, close_old_connections, connection

    from genlyd.base import clock
    from genlyd.sharing.actions.reconcile import reconcile
    from genlyd.sharing.actions.sweep import sweep
    from genlyd.sharing.dispatch import Dispatcher
    from genlyd.sharing.tasks import worker_name

    timing = hurried()
    looked_at: set[int] = set()

    def look(pk: int) -> None:
        try:
            reconcile(pk, worker=worker_name(), timing=timing)
        except (DatabaseError, InterfaceError):
            # It was restarted under our feet: what is left behind is found by the sweep.
            connection.close()
        finally:
            close_old_connections()
            looked_at.discard(pk)

    Dispatcher(calls=THREADS, timing=timing, poll=0.1).start()
    with ThreadPoolExecutor(THREADS) as pool:
        while True:
            try:
                _to_deliver, in_doubt = sweep(now=clock.agreed(), timing=timing)
            except (DatabaseError, InterfaceError):
                connection.close()
                time.sleep(0.2)
                continue
            # Both workers look at the same, so that they meet.
            for pk in random.sample(in_doubt, len(in_doubt)):
                if pk not in looked_at and len(looked_at) < THREADS:
                    looked_at.add(pk)
                    pool.submit(logged(look), pk)
            time.sleep(0.1)


def logged(deed: Any) -> Any:
    def do(pk: int) -> None:
        try:
            deed(pk)
        except Exception:  # noqa: BLE001  written down, and counted as a failure of the run
            structlog.get_logger(__name__).exception("look_stumbled")

    return do


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    import genlyd.sharing.dispatch
    import genlyd.sharing.tasks  # noqa: F401  loaded while there is time

    # Until now a spare one, so that a killed worker is replaced at once.
    set_clocks(sys.stdin.readline().strip())
    hurry_networks()
    work()


if __name__ == "__main__":
    main()
