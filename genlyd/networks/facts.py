from genlyd.base.facts import fact


@fact
class AccountConnected:
    """A member has connected an account, or connected it again."""

    account_id: int


@fact
class BudgetChanged:
    """An administrator has said anew what may be spent at a network in a month."""

    organisation_id: int
    network: str


@fact
class AppSaved:
    """An administrator has entered the details of the organisation's app anew, or switched it on again."""

    organisation_id: int
    network: str
