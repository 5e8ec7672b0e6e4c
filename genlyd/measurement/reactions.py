"""A share was confirmed or is gone: its period's figures are taken again."""

from __future__ import annotations

from genlyd.base import clock
from genlyd.base.facts import reacts_to
from genlyd.measurement.actions import freshen
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
