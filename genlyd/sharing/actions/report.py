"""What a person tells about a post of their own: typed in, or brought as a file. Always marked as reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from genlyd.base import clock
from genlyd.networks.domain.figures import Metric, figures
from genlyd.sharing.actions.note_figures import note_figures
from genlyd.sharing.models import PostReading, Share
from genlyd.sharing.models.readings import Quality

TYPED = "typed"


def report_figures(
    *,
    share: Share,
    figures: Mapping[Metric, int | None],
    at: datetime | None = None,
    source: str = TYPED,
) -> int:
    """Note what the owner says of their confirmed share, as it was `at` that moment. Returns how many are new.

    None is nothing said, not nought. What the network itself has said in the last week stands.
    """
    return report_many(
        organisation_id=share.organisation_id,
        by_share={share.pk: figures},
        at=at or clock.now(),
        source=source,
    )


def report_many(
    *, organisation_id: int, by_share: Mapping[int, Mapping[Metric, int | None]], at: datetime, source: str
) -> int:
    """The same for many of one person's shares at once, by share id: what a file says."""
    return note_figures(
        organisation_id=organisation_id, at=at, quality=Quality.REPORTED, source=source,
        by_share={share: figures(said) for share, said in by_share.items()},
    )  # fmt: skip


@transaction.atomic
def take_back(*, share: Share, metrics: list[Metric] | None = None, since: datetime | None = None) -> int:
    """Forget what was typed in last (or since a moment); what was known before is the newest again."""
    typed = PostReading.objects.select_for_update().filter(
        organisation_id=share.organisation_id, share_id=share.pk, source=TYPED, until=None
    )
    if metrics is not None:
        typed = typed.filter(metric__in=metrics)
    if since is not None:
        typed = typed.filter(read_at__gte=since)
    rows = list(typed)
    for row in rows:
        before = PostReading.objects.filter(
            organisation_id=share.organisation_id, share_id=share.pk, metric=row.metric, until=row.read_at
        )
        row.delete()
        before.update(until=None)
    return len(rows)
