"""Numbers for Prometheus: pages by name and status, and how the worker keeps up."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

LOOPBACK = {"127.0.0.1", "::1"}

pages = Counter("genlyd_pages", "Answered requests.", ["view", "method", "status"])
seconds = Histogram(
    "genlyd_page_seconds",
    "Time to answer.",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)

JOBS = """
    select status::text, count(*), coalesce(extract(epoch from now() - min(scheduled_at)
           filter (where scheduled_at <= now())), 0)
    from procrastinate_jobs where status in ('todo', 'doing', 'failed') group by status
"""
WORKERS = "select count(*) from procrastinate_workers where last_heartbeat > now() - interval '1 minute'"


class Work(Collector):
    """Asked of the database at the moment of scraping: no process counts jobs on its own."""

    def collect(self) -> Iterable[Metric]:
        jobs = GaugeMetricFamily("genlyd_jobs", "Jobs by state.", labels=["state"])
        with connection.cursor() as cursor:
            cursor.execute(JOBS)
            found = {state: count for state, count, _late in cursor.fetchall()}
            cursor.execute(WORKERS)
            workers = cursor.fetchone()[0]
        for state in ("todo", "doing", "failed"):
            jobs.add_metric([state], found.get(state, 0))
        yield jobs
        yield GaugeMetricFamily("genlyd_workers", "Workers heard of within a minute.", value=workers)


def allowed(request: HttpRequest) -> bool:
    """From this machine, and not through a proxy on it; or with the token."""
    given = request.headers.get("Authorization", "")
    if settings.METRICS_TOKEN:
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers


def show(request: HttpRequest) -> HttpResponse:
    if not allowed(request):
        return HttpResponse("Not found.\n", status=404, content_type="text/plain")
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # adds up what all web processes of this machine counted
    else:
        registry = REGISTRY
    answer = generate_latest(registry)
    work = CollectorRegistry()
    work.register(Work())
    return HttpResponse(answer + generate_latest(work), content_type=CONTENT_TYPE_LATEST)
