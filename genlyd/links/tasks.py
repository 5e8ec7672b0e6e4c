from __future__ import annotations

import time
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links import ingest, partitions
from genlyd.links.domain.visitor import day_of

log = structlog.get_logger(__name__)

#: A flood is worked off over several runs, so that one job never holds a worker for long.
BATCHES = 50
#: Organisations whose clicks are judged at the same time: one is thought about while the database writes the other's.
AT_ONCE = 2


@app.task(queue="clicks", queueing_lock="links.judge_clicks")
def judge_clicks(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Every five seconds: with the four a click waits to settle, it is on the board within about ten."""
    waiting: ingest.NotCounted | None = None
    for _ in range(BATCHES):
        try:
            counted = ingest.judge(now=clock.now(), at_once=AT_ONCE)
        except ingest.NotCounted as some:  # the others' clicks go on
            waiting, counted = some, some.counted
        if not counted:
            break
    if waiting:
        raise waiting


@app.task(queue="clicks", retry=RetryStrategy(max_attempts=10, wait=60))
def forget_salts(timestamp: int) -> None:  # noqa: ARG001
    ingest.forget_salts(today=day_of(clock.now()))


@app.task(queue="links", queueing_lock="links.check_domains")
def check_domains(timestamp: int) -> None:  # noqa: ARG001
    """Hourly: is every organisation's link domain still theirs? One that fails costs the others nothing."""
    from genlyd.links.actions.domains import check_domain
    from genlyd.links.models import Domain

    for domain in Domain.objects.select_related("organisation").order_by("checked_at", "pk").iterator():
        try:
            check_domain(domain=domain, now=clock.now())
        except Refused:
            log.info("domain_is_anothers", domain=domain.pk)
        except Exception:
            log.exception("domain_not_checked", domain=domain.pk)


@app.task(queue="clicks", retry=RetryStrategy(max_attempts=10, wait=600))
def keep_months(timestamp: int) -> None:  # noqa: ARG001
    """Every night: months to come are made, months that were kept long enough are dropped."""
    partitions.keep(clock.now().date(), settings.CLICKS_KEPT_MONTHS)
    ingest.forget_batches(now=clock.now())


@app.task(queue="links", queueing_lock="links.keep_targets")
def keep_targets(timestamp: int) -> None:  # noqa: ARG001
    """Every night: what is printed keeps the page behind it looked at."""
    from genlyd.links.actions import targets

    targets.keep_targets(now=clock.now())


#: Pages a run looks at, and seconds between two looks at one host: sites are asked by one gentle visitor.
LOOKS, SPACING = 200, 2.0
#: A run ends before the next one is due; what is left is due again soon.
LONGEST = 480.0


@app.task(queue="links", queueing_lock="links.check_targets")
def check_targets(timestamp: int) -> None:  # noqa: ARG001
    """Every ten minutes: do the pages answer that links lead to?"""
    from genlyd.links.actions.targets import check_target, due_targets

    began, last = time.monotonic(), dict[str, float]()
    for target in due_targets(clock.now(), LOOKS):
        host = urlsplit(target.url).hostname or ""
        wait = last.get(host, -SPACING) + SPACING - time.monotonic()
        if time.monotonic() + max(wait, 0) - began > LONGEST:
            return
        time.sleep(max(wait, 0))
        try:
            check_target(target, now=clock.now())
        except Exception:
            # One page's trouble must not cost the others their look.
            log.exception("target_not_checked", target=target.pk)
        last[host] = time.monotonic()
