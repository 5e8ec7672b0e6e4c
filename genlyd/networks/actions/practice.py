from __future__ import annotations

from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn, Tokens
from genlyd.networks.models import Account
from genlyd.people.models import Member

PRACTICE = "practice"


def practice_account(*, member: Member) -> Account:
    """The member's practice wall, put up when it is first needed. There is nothing to sign in to."""
    wall = Account.objects.filter(member=member, network=PRACTICE, disconnected_at=None).first()
    if wall:
        return wall
    # The tokens open nothing; the account has them so that it is like every other one.
    found = Connected(remote_id=f"member-{member.pk}", handle=member.name, tokens=Tokens(access=PRACTICE))
    return remember(member=member, network=PRACTICE, found=found, sign_in=SignIn.APP_PASSWORD)
