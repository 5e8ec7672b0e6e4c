"""The real PDS in the shape that all networks' test servers have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx2

from genlyd.base.crypto import seal, unseal
from genlyd.networks.actions.bluesky import connect_bluesky
from genlyd.networks.models import Account
from genlyd.people.models import Member
from tests.servers.fault_proxy import TOO_MANY
from tests.servers.pds.server import Pds, PdsAccount, running_pds


class BlueskyServer:
    key = "bluesky"
    publish_paths = ("com.atproto.repo.putRecord",)
    read_paths = ("com.atproto.repo.getRecord",)
    prepare_paths = ("com.atproto.repo.uploadBlob",)
    token_paths = ("com.atproto.server.refreshSession",)
    environment: Mapping[str, str] = {}
    too_many = TOO_MANY

    def __init__(self, pds: Pds) -> None:
        self.pds, self.url, self.host = pds, pds.url, pds.host
        self._made: dict[str, PdsAccount] = {}

    def account(self, member: Member, name: str, *, through: str = "") -> Account:
        made = self.pds.account(name)
        self._made[made.did] = made
        return connect_bluesky(
            member=member, handle=made.handle, app_password=made.app_password, server=through or self.url
        )

    def posts(self, account: Account) -> list[str]:
        return [post["value"]["text"] for post in self.pds.posts(account.remote_id)]

    def expire(self, account: Account) -> None:
        """The PDS keeps no list of access tokens: a broken one is turned away as an expired one is."""
        tokens = unseal(bytes(account.secret_sealed or b""))
        account.secret_sealed = seal({**tokens, "access": f"{tokens['access'][:-8]}AAAAAAAA"})
        account.save(update_fields=["secret_sealed"])

    def revoke(self, account: Account) -> None:
        """The app password is withdrawn, and its session with it."""
        made = self._made[account.remote_id]
        main = self.pds.call(
            "com.atproto.server.createSession", body={"identifier": made.did, "password": made.main_password}
        )["accessJwt"]
        address = f"{self.url}/xrpc/com.atproto.server.revokeAppPassword"
        headers = {"Authorization": f"Bearer {main}"}
        httpx2.post(address, json={"name": "Genlyd"}, headers=headers).raise_for_status()
        self.expire(account)


@contextmanager
def running() -> Iterator[BlueskyServer]:
    with running_pds() as pds:
        yield BlueskyServer(pds)
