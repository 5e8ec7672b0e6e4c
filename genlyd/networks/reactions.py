from __future__ import annotations

from genlyd.base.facts import reacts_to
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.actions.followers import ask_followers
from genlyd.networks.facts import AccountConnected
from genlyd.networks.models import Account
from genlyd.people.facts import MemberLeft


@reacts_to(AccountConnected)
def count_followers(fact: AccountConnected) -> None:
    """How far a post could reach is known only while the account is asked; so at once."""
    account = Account.objects.filter(pk=fact.account_id, disconnected_at=None).first()
    if account:
        ask_followers(account=account)


@reacts_to(MemberLeft)
def forget_accounts(fact: MemberLeft) -> None:
    """Who has left can no longer disconnect their accounts here; so nothing is kept to post with."""
    for account in Account.objects.filter(member=fact.member_id, disconnected_at=None):
        disconnect(account=account)
