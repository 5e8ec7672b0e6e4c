"""How much a Mastodon server lets an account ask (networks.md 1.7).

What servers come with; their administrators may set other numbers. Read on 2026-11-23:
docs.joinmastodon.org/api/rate-limits.
"""

from datetime import timedelta

from genlyd.networks.domain.quota import Call, Quota

QUOTAS = (
    Quota(key="calls", most=300, window=timedelta(minutes=5)),
    Quota(key="media", most=30, window=timedelta(minutes=30), costs={Call.UPLOAD: 1}),
    Quota(key="deletes", most=30, window=timedelta(minutes=30), costs={Call.DELETE: 1}),
)
