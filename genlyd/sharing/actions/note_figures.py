"""Storing what was read or told about posts: what is new becomes a row, what was known before stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from genlyd.networks.domain.figures import Figures
from genlyd.sharing.models import PostReading
from genlyd.sharing.models.readings import Quality

#: A network's own word stands this long against what a person or a file says.
NETWORKS_WORD = timedelta(days=7)


@transaction.atomic
def note_figures(
    *, organisation_id: int, by_share: Mapping[int, Figures], at: datetime, quality: str, source: str
) -> int:
    """Note what was so at `at`, by share. Returns how many figures are new; what is older than known is left out."""
    known = _known(organisation_id, list(by_share))
    new: list[PostReading] = []
    seen: list[PostReading] = []
    for share_id, figures in by_share.items():
        for metric, value in figures.items():
            before = known.get((share_id, metric))
            if before is not None and not _says_more(before, at, quality):
                continue
            if before is not None and (before.value, before.quality, before.source) == (
                value,
                quality,
                source,
            ):
                seen.append(before)
                continue
            new.append(
                PostReading(
                    organisation_id=organisation_id, share_id=share_id, metric=metric, value=value,
                    quality=quality, source=source, read_at=at, seen_at=at,
                )
            )  # fmt: skip
    _mark_seen(seen, at)
    _close(organisation_id, new, at)
    # Whoever was quicker has just said it; the next reading says it again.
    PostReading.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _known(organisation_id: int, shares: list[int]) -> dict[tuple[int, str], PostReading]:
    rows = (
        PostReading.objects.select_for_update()
        .filter(organisation_id=organisation_id, share_id__in=shares, until=None)
        .order_by("share_id", "metric")
    )
    return {(row.share_id, row.metric): row for row in rows}


def _says_more(before: PostReading, at: datetime, quality: str) -> bool:
    if at <= before.seen_at:
        return False
    return not (
        before.quality == Quality.MEASURED
        and quality != Quality.MEASURED
        and at - before.seen_at < NETWORKS_WORD
    )


def _mark_seen(rows: list[PostReading], at: datetime) -> None:
    if rows:
        PostReading.objects.filter(pk__in=[row.pk for row in rows]).update(seen_at=at)


def _close(organisation_id: int, new: list[PostReading], at: datetime) -> None:
    metrics: dict[str, list[int]] = {}
    for row in new:
        metrics.setdefault(row.metric, []).append(row.share_id)
    for metric, shares in metrics.items():
        PostReading.objects.filter(
            organisation_id=organisation_id, share_id__in=shares, metric=metric, until=None
        ).update(until=at)
