"""The shares that count."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from genlyd.programmes.models import Period
from genlyd.sharing.models import Share


def confirmed(period: Period, end: datetime) -> QuerySet[Share]:
    """Shares that count at that moment: confirmed, and not gone again."""
    return Share.objects.filter(period=period, confirmed_at__lt=end).filter(
        Q(deleted_at=None) | Q(deleted_at__gte=end)
    )
