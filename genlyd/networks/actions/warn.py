"""Telling people in time that a connection ends which only they can renew."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from genlyd.networks.domain.endings import WARNINGS, warning_due
from genlyd.networks.models import Account
from genlyd.networks.notices import ending_notice
from genlyd.networks.registry import NETWORKS
from genlyd.notifications.actions.notify import notify


def warn_of_endings(*, now: datetime) -> int:
    """Warn everybody whose connection ends within the longest warning. Returns how many were warned."""
    soon = Account.objects.filter(
        disconnected_at=None, expires_at__lte=now + timedelta(days=max(WARNINGS)), member__left_at=None
    ).select_related("member__user", "member__organisation")
    warned = 0
    for account in soon.iterator(chunk_size=500):
        assert account.expires_at
        network = NETWORKS.get(account.network)
        days = warning_due(account.expires_at, warned=account.warned_days, now=now)
        if network is None or days is None:
            continue
        with transaction.atomic():
            # Asked of the row: two workers may be at it, and one mail is enough.
            mine = Account.objects.filter(pk=account.pk, warned_days=account.warned_days)
            if mine.update(warned_days=days):
                notify(account.member, ending_notice(account, network.name, days=days))
                warned += 1
    return warned
