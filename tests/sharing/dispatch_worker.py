"""A worker that hurries, for tests to kill: python -m tests.sharing.dispatch_worker."""

from __future__ import annotations

import os
import time
from datetime import timedelta


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    # Only now: models need Django to be ready.
    from genlyd.base import clock
    from genlyd.sharing.actions.reconcile import reconcile
    from genlyd.sharing.actions.sweep import sweep
    from genlyd.sharing.dispatch import Dispatcher
    from genlyd.sharing.domain.timing import Timing
    from genlyd.sharing.tasks import worker_name

    hurried = Timing(
        lease=timedelta(seconds=3), lease_margin=timedelta(seconds=1), settle=(timedelta(milliseconds=300),) * 8,
        back_off=(timedelta(milliseconds=200),) * 30,
    )  # fmt: skip
    Dispatcher(calls=4, timing=hurried, poll=0.05).start()
    while True:
        _to_deliver, to_reconcile = sweep(now=clock.agreed(), timing=hurried)
        for pk in to_reconcile:
            reconcile(pk, worker=worker_name(), timing=hurried)
        time.sleep(0.1)


if __name__ == "__main__":
    main()
