"""What sharing tells the areas above."""

from genlyd.base.facts import fact


@fact
class ShareConfirmed:
    """A share is on its network: the network said so, or the person."""

    share_id: int


@fact
class ShareDeleted:
    """A confirmed share is gone from its network again."""

    share_id: int
