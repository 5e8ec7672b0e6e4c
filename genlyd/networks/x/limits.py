"""How much X lets us post (networks.md 1.2). Read on 2026-11-23: docs.x.com/x-api/fundamentals/rate-limits."""

from datetime import timedelta

from genlyd.networks.domain.quota import Call, Quota, Scope

QUOTAS = (
    Quota(key="user_quarter", most=100, window=timedelta(minutes=15), costs={Call.POST: 1}),
    Quota(key="app_day", most=10_000, scope=Scope.APP, costs={Call.POST: 1}),
)
#: Its rules forbid what looks like many accounts saying the same thing at once.
SPREAD = timedelta(minutes=15)
#: And the same from several accounts at any time: "substantially similar content", by our own measure.
MOST_ALIKE = 0.6
