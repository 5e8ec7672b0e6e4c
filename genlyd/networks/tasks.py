from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from genlyd.base import clock
from genlyd.networks.models import Account

#: Sessions die after 90 days without use; a look now and then keeps them, and the follower counts fresh.
AFTER = timedelta(days=7)
MOST = 1000


@app.task(queue="networks", queueing_lock="networks.keep_sessions")
def keep_sessions(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.networks.actions.bluesky import refresh_followers
    from genlyd.networks.bluesky import session
    from genlyd.networks.contract import Failed

    now = clock.now()
    idle = Account.objects.filter(network="bluesky", disconnected_at=None, needs_reconnect_since=None)
    for account in idle.exclude(checked_at__gt=now - AFTER).order_by("checked_at", "pk")[:MOST]:
        try:
            session.access_token(account, renew=True)
            refresh_followers(account=account)
        except Failed:
            pass
        Account.objects.filter(pk=account.pk).update(checked_at=now)
