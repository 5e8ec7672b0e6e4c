"""How much a PDS lets an account write (networks.md 1.6).

Read on 2026-11-23: docs.bsky.app/docs/advanced-guides/rate-limits.
"""

from datetime import timedelta

from genlyd.networks.domain.quota import Call, Quota

_POINTS = {Call.POST: 3, Call.EDIT: 2, Call.DELETE: 1}
QUOTAS = (
    Quota(key="hour", most=5000, window=timedelta(hours=1), costs=_POINTS),
    Quota(key="day", most=35_000, costs=_POINTS),
)
