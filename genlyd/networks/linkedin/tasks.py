from __future__ import annotations

import structlog
from procrastinate.contrib.django import app as queue

from genlyd.networks.models import NetworkApp

log = structlog.get_logger(__name__)


@queue.task(queue="networks", queueing_lock="networks.linkedin.check_versions")
def check_versions(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    """Daily: is every organisation's version still served, and does its end come near?"""
    from genlyd.networks.linkedin import app as apps
    from genlyd.networks.linkedin import health
    from genlyd.networks.linkedin.domain import versions

    for one in NetworkApp.objects.filter(network="linkedin", enabled=True).order_by("pk").iterator():
        try:
            served = health.is_served(one)
        except Exception:
            # One organisation's trouble must not cost the others their warning.
            log.exception("version_not_checked", app=one.pk)
            continue
        version = apps.version_of(one)
        if served is not False and versions.ends_soon(version, health.today()):
            tell_version.defer(app_id=one.pk, version=version)


@queue.task(queue="networks")
def tell_version(app_id: int, version: str) -> None:
    """Mail the administrators: the version ends, or has ended. Each is said once."""
    from genlyd.networks.linkedin.notices import tell_administrators

    tell_administrators(app_id=app_id, version=version)
