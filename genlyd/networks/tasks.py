from __future__ import annotations

from datetime import timedelta

import structlog
from django.db.models import Exists, OuterRef
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from genlyd.base import clock
from genlyd.networks.contract import SignIn
from genlyd.networks.linkedin import tasks as linkedin_tasks  # noqa: F401  found by the queue through this module
from genlyd.networks.models import Account
from genlyd.people.models import Consent

log = structlog.get_logger(__name__)
#: Sessions die after 60 or 90 days without use; a look now and then keeps them.
AFTER = timedelta(days=7)
MOST = 1000


@app.task(queue="networks", queueing_lock="networks.keep_sessions")
def keep_sessions(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.networks.domain.outcome import Failed

    now = clock.now()
    # Who takes no part any more is not asked about: nothing new is collected about them.
    takes_part = Exists(Consent.objects.filter(member=OuterRef("member"), withdrawn_at=None))
    idle = Account.objects.filter(
        takes_part, disconnected_at=None, needs_reconnect_since=None, member__left_at=None
    )
    for account in idle.exclude(checked_at__gt=now - AFTER).order_by("checked_at", "pk")[:MOST]:
        try:
            _keep(account)
        except Failed:
            pass
        except Exception:
            # A server may answer anything: what it does to one account must not cost the others their sessions.
            log.exception("session_not_kept", account=account.pk)
        Account.objects.filter(pk=account.pk).update(checked_at=now)


def _keep(account: Account) -> None:
    """Where a token is renewed by its date, Meta's is renewed before it is lost, and X's pair stays alive."""
    from genlyd.networks import tokens
    from genlyd.networks.bluesky import session
    from genlyd.networks.registry import NETWORKS

    if account.network == "bluesky":
        session.access_token(account, renew=True)
        return
    connector = NETWORKS[account.network].connector if account.network in NETWORKS else None
    if connector and account.sign_in == SignIn.OAUTH:
        tokens.access(account, connector)


@app.task(queue="readings", queueing_lock="networks.read_followers", priority=-1)
def read_followers(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.networks.actions.followers import ask_all

    ask_all()


@app.task(queue="chores", queueing_lock="networks.forget_old_quotas")
def forget_old_quotas(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.networks import quotas

    quotas.forget_old(now=clock.now())


@app.task(queue="networks", retry=RetryStrategy(max_attempts=10, exponential_wait=4))
def let_go_of_accounts(*, app_id: int) -> None:
    from genlyd.networks.actions.app import let_go

    let_go(app_id)


@app.task(queue="networks", queueing_lock="networks.warn_of_endings")
def warn_of_endings(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes the planned run
    from genlyd.networks.actions.warn import warn_of_endings as warn

    warn(now=clock.now())


@app.task(queue="networks", queueing_lock="networks.tidy_keys")
def tidy_keys(timestamp: int) -> None:  # noqa: ARG001
    from genlyd.networks.bluesky import keys

    keys.tidy()
