"""Reading back what became of a post: the part of a network's contract that only looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from genlyd.networks.domain.figures import Figures, Gone
from genlyd.networks.models import Account

if TYPE_CHECKING:
    from genlyd.networks.contract import Network

#: A figure can wait, and many are asked for in a row: a silent network is left sooner than when posting.
READ_SECONDS = 10.0


class Reader(Protocol):
    """Reads an account's own posts. Every call may be repeated; nothing here changes anything at the network."""

    #: How many posts one call of `read` may be asked for.
    batch: int

    def read(self, account: Account, remote_ids: Sequence[str]) -> Mapping[str, Figures | Gone]:
        """By remote id. A post that is left out could not be read this time; a figure that is left out is not known.

        Raises Failed when the network could not be asked at all: WAIT with its waiting time, RECONNECT, or else.
        """

    def followers(self, account: Account) -> int | None:
        """How many follow the account; None when the network does not say. Raises Failed like `read`."""


def kept_for(network: Network) -> timedelta | None:
    """How long what the network told about one person is kept: a setting, else its terms. None: like the share."""
    days = settings.FIGURES_KEPT_DAYS.get(network.key)
    if days is None:
        return network.kept_for
    wanted = timedelta(days=days)
    return min(wanted, network.kept_for) if network.kept_for else wanted
