from genlyd.base.facts import fact


@fact
class AccountConnected:
    """A member has connected an account, or connected it again."""

    account_id: int
