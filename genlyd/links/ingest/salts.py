from __future__ import annotations

from datetime import date

from genlyd.links.models import DaySalt, OwnVisitor


def forget_salts(*, today: date) -> int:
    """Destroy the salts of days that are over; from then on no visitor key leads to anybody."""
    OwnVisitor.objects.filter(day__lt=today).delete()
    deleted, _by_model = DaySalt.objects.filter(day__lt=today).delete()
    return deleted
