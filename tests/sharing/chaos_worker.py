"""A worker that hurries, for the chaos test to kill: python -m tests.sharing.chaos_worker.

It takes its work from the sweep alone, as after an outage in which every job was lost.
"""

from __future__ import annotations

import os
import time
from datetime import timedelta


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    # Only now: models need Django to be ready.
    from django.utils import timezone

    from genlyd.networks.bluesky.publisher import BlueskyPublisher
    from genlyd.sharing.actions.publish import deliver
    from genlyd.sharing.actions.reconcile import reconcile
    from genlyd.sharing.actions.sweep import sweep
    from genlyd.sharing.domain.timing import Timing
    from genlyd.sharing.tasks import worker_name

    hurried = Timing(
        lease=timedelta(seconds=4),
        lease_margin=timedelta(seconds=2),
        settle=(timedelta(seconds=1),) * 6,
        back_off=(timedelta(milliseconds=200),) * 30,
    )
    BlueskyPublisher.read_timeout = 1.0
    while True:
        to_deliver, to_reconcile = sweep(now=timezone.now(), timing=hurried)
        for pk in to_reconcile:
            reconcile(pk, worker=worker_name(), timing=hurried)
        for pk in to_deliver[:3]:
            deliver(pk, worker=worker_name(), timing=hurried)
        time.sleep(0.05)


if __name__ == "__main__":
    main()
