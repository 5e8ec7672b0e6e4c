"""What every network's test server offers: the contract tests and the chaos run know servers only by this.

`tests/servers/<key>/server.py` has `running()`, a context manager that starts the server on loopback and yields one of
these. The server is a process of its own, and says itself what it holds: nothing is concluded from calls made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from genlyd.networks.models import Account
from genlyd.people.models import Member


class NetworkServer(Protocol):
    key: str
    #: "http://127.0.0.1:9001", and the same without its scheme.
    url: str
    host: str
    #: Parts of the path of THE call that publishes: faults are aimed at it.
    publish_paths: tuple[str, ...]
    #: Of the calls that read a post back; () where nothing can be read.
    read_paths: tuple[str, ...]
    #: Of uploads, containers and whatever else comes before.
    prepare_paths: tuple[str, ...]
    #: Of the call that renews a token; () where none is renewed.
    token_paths: tuple[str, ...]
    #: What a process needs in order to find this server, written with `url`: GENLYD_NETWORK_ADDRESSES and the like.
    #: Whoever wants the calls to go through a proxy writes its address in place of `url`.
    environment: Mapping[str, str]
    #: Headers and body of the network's own 429, as the fault proxy gives it.
    too_many: tuple[tuple[tuple[str, str], ...], bytes]

    def account(self, member: Member, name: str, *, through: str = "") -> Account:
        """A new account there, connected here. Calls go to `through` (a proxy) where the account names its server."""

    def posts(self, account: Account) -> list[str]:
        """The texts of the live posts, as the server stores them."""

    def expire(self, account: Account) -> None:
        """The access token stops being accepted; a refresh token, if there is one, goes on."""

    def revoke(self, account: Account) -> None:
        """As if the person had withdrawn the permission there: no token is accepted any more."""
