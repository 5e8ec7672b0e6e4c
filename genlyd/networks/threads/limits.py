"""How much Threads lets an account post (networks.md 1.5).

Read on 2026-11-23: developers.facebook.com/docs/threads/overview, "Rate limits".
"""

from genlyd.networks.domain.quota import Call, Quota

QUOTAS = (Quota(key="posts", most=250, costs={Call.POST: 1}),)
