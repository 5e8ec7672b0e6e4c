"""A share was confirmed or is gone, or clicks are seen differently: figures are taken again."""

from __future__ import annotations

from genlyd.base import clock
from genlyd.base.facts import reacts_to
from genlyd.links.facts import DaysRecounted
from genlyd.measurement.actions import freshen
from genlyd.measurement.tasks import defer_again
from genlyd.programmes.models import Period
from genlyd.sharing.facts import ShareConfirmed, ShareDeleted


def _freshen(share_id: int) -> None:
    """At most every few seconds: a thousand shares in a minute need not be counted a thousand times."""
    period = Period.objects.filter(shares=share_id).select_related("organisation").first()
    if period is not None:
        freshen(period=period, now=clock.now())


@reacts_to(ShareConfirmed)
def count_share(fact: ShareConfirmed) -> None:
    _freshen(fact.share_id)


@reacts_to(ShareDeleted)
def count_without_share(fact: ShareDeleted) -> None:
    _freshen(fact.share_id)


@reacts_to(DaysRecounted)
def count_days_again(fact: DaysRecounted) -> None:
    """Figures add up from a period's first day, so that all later ones change too. Closed periods stay as reviewed."""
    touched = Period.objects.filter(
        organisation_id=fact.organisation_id, opened_at__isnull=False, closed_at=None, ends_on__gte=fact.since
    )
    for pk in touched.values_list("pk", flat=True):
        defer_again(pk)
