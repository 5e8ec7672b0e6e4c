"""Where posts wait to be read: a lane for each network, and for each server of one with many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from genlyd.people.models import Consent
from genlyd.sharing.domain.lifecycle import LIVE
from genlyd.sharing.domain.reading_times import back_off
from genlyd.sharing.models import PostWatch, ReadingLane


@dataclass(frozen=True, order=True)
class Lane:
    organisation_id: int
    network: str
    server: str = ""


def readable(now: datetime) -> QuerySet[PostWatch]:
    """Due, and of somebody who takes part, with an account that is connected. Nobody else's posts are looked at."""
    takes_part = Exists(
        Consent.objects.filter(member=OuterRef("delivery__account__member"), withdrawn_at=None)
    )
    return PostWatch.objects.filter(
        takes_part,
        next_at__lte=now,
        delivery__state__in=LIVE,
        delivery__share__deleted_at=None,
        delivery__share__deletion_asked_at=None,
        delivery__account__disconnected_at=None,
        delivery__account__needs_reconnect_since=None,
        delivery__account__member__left_at=None,
    )


def lanes_due(now: datetime) -> list[Lane]:
    """Where there is something to read, leaving out the lanes that are left alone."""
    asleep = ReadingLane.objects.filter(
        organisation=OuterRef("organisation"), network=OuterRef("network"), server=OuterRef("server"),
        not_before__gt=now,
    )  # fmt: skip
    due = readable(now).filter(~Exists(asleep)).order_by()
    return sorted(Lane(*row) for row in due.values_list("organisation_id", "network", "server").distinct())


def leave_alone(lane: Lane, now: datetime) -> None:
    row, _new = ReadingLane.objects.get_or_create(
        organisation_id=lane.organisation_id, network=lane.network, server=lane.server,
        defaults={"not_before": now},
    )  # fmt: skip
    row.failures = min(row.failures + 1, 1000)
    row.not_before = now + back_off(row.failures)
    row.save(update_fields=["failures", "not_before"])


def wake(lane: Lane) -> None:
    ReadingLane.objects.filter(
        organisation_id=lane.organisation_id, network=lane.network, server=lane.server
    ).delete()
