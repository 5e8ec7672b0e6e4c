"""How much LinkedIn lets us ask (networks.md 1.1). It says nothing about it in its answers, so we count ourselves.

Every request counts, an upload and a deletion like a post. Read on 2026-11-23:
learn.microsoft.com/linkedin/consumer/integrations/self-serve/share-on-linkedin, "Rate limits".
"""

from datetime import timedelta

from genlyd.networks.domain.quota import Quota, Resets, Scope

QUOTAS = (
    Quota(key="member_day", most=150, resets=Resets.UTC_DAY),
    Quota(key="app_day", most=100_000, resets=Resets.UTC_DAY, scope=Scope.APP),
)
#: Forty colleagues in the same minute look like a campaign, to readers and to LinkedIn.
SPREAD = timedelta(minutes=5)
