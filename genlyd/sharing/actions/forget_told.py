"""What a network's interface told about one person is kept no longer than the network's terms (or a setting) let us."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from genlyd.networks.actions.followers import forget_followers
from genlyd.networks.reading import kept_for
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.models import Share

#: Rows that one statement deletes: a night's work must not hold up the day's.
BATCH = 20_000

# Only what the network itself told; what people typed in or brought is their own.
_FORGET = """
DELETE FROM sharing_postreading WHERE ctid = ANY(ARRAY(
    SELECT reading.ctid FROM sharing_postreading reading JOIN sharing_share share ON share.id = reading.share_id
    WHERE share.network = %s AND share.confirmed_at < %s AND reading.source = 'network' AND reading.seen_at < %s
    LIMIT %s
))
"""


def forget_told(*, now: datetime) -> int:
    """Returns how many figures of posts were removed. Sums that the programme has counted stay: they name nobody."""
    removed = 0
    for network in NETWORKS.values():
        kept = kept_for(network)
        if kept is None:
            continue
        before = now - kept
        removed += _forget_readings(network.key, before)
        forget_followers(network=network.key, before=before)
        Share.objects.filter(network=network.key, followers__isnull=False, created_at__lt=before).update(
            followers=None
        )
    return removed


def _forget_readings(network: str, before: datetime) -> int:
    removed = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_FORGET, [network, before, before, BATCH])
            removed += cursor.rowcount
            if cursor.rowcount < BATCH:
                return removed
