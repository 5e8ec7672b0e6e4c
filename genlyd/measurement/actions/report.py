from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from genlyd.base import clock
from genlyd.measurement.models import ReportedFigure
from genlyd.measurement.queries.mine import reported
from genlyd.sharing.models import Share


@transaction.atomic
def report_figures(*, share: Share, figures: Mapping[str, int | None]) -> int:
    """Note what the member has read off their own network: {"impressions": 840, ...}. Returns how many are new.

    Nothing typed is nothing said, not nought. Earlier figures stay: the newest one counts.
    """
    before, now = reported(share), clock.now()
    new = [
        ReportedFigure(organisation_id=share.organisation_id, share=share, kind=kind, value=value, at=now)
        for kind, value in figures.items()
        if value is not None and before.get(kind) != value
    ]
    ReportedFigure.objects.bulk_create(new)
    return len(new)
