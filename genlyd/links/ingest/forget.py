from __future__ import annotations

from datetime import date, datetime, timedelta

from genlyd.links import own
from genlyd.links.models import Batch, DaySalt
from genlyd.people.models import Organisation

#: How long it can be seen which transaction counted a click.
BATCHES_KEPT = timedelta(days=31)


def forget_salts(*, today: date) -> int:
    """Destroy the salts of days that are over; from then on no visitor key leads to anybody."""
    own.unname(today=today)
    deleted, _by_model = DaySalt.objects.filter(day__lt=today).delete()
    return deleted


def forget_batches(*, now: datetime) -> int:
    return sum(
        Batch.objects.filter(organisation_id=organisation_id, counted_at__lt=now - BATCHES_KEPT).delete()[0]
        for organisation_id in Organisation.objects.values_list("pk", flat=True)
    )
