from __future__ import annotations

from genlyd.base.facts import reacts_to
from genlyd.networks.actions.bluesky import refresh_followers
from genlyd.networks.facts import AccountConnected
from genlyd.networks.models import Account


@reacts_to(AccountConnected)
def count_followers(fact: AccountConnected) -> None:
    """How far a post could reach is known only while the account is asked; so at once."""
    account = Account.objects.filter(pk=fact.account_id, disconnected_at=None).first()
    if account:
        refresh_followers(account=account)
