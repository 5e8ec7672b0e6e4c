"""A double of a Meta network, as tests know it (tests/servers/contract.py)."""

from __future__ import annotations

import json
from typing import Any

import httpx2

from genlyd.base import clock
from genlyd.base.crypto import seal
from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn, Tokens
from genlyd.networks.models import Account, NetworkApp
from genlyd.people.models import Member, Organisation
from tests.servers.meta.login import CLIENT_ID, CLIENT_SECRET
from tests.servers.process import ask


class MetaServer:
    key: str
    publish_paths: tuple[str, ...]
    read_paths: tuple[str, ...]
    prepare_paths: tuple[str, ...]
    #: A token is renewed with itself, and long before it ends; what has ended is lost.
    token_paths = ()
    too_many = (
        (("Content-Type", "application/json"),),
        json.dumps(
            {"error": {"message": "Application request limit reached", "type": "OAuthException", "code": 4}}
        ).encode(),
    )
    #: The field of a container that holds the words.
    words: str

    def __init__(self, url: str) -> None:
        self.url, self.host = url, url.removeprefix("http://")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "GENLYD_NETWORK_ADDRESSES": ",".join(f"{name}={self.url}" for name in self.names),
            "GENLYD_PRIVATE_HOSTS_ALLOWED": self.host,
        }

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key, f"{self.key}.token", f"{self.key}.auth")

    def app(self, organisation: Organisation) -> NetworkApp:
        values = {
            "client_id": CLIENT_ID,
            "secret_sealed": seal({"client_secret": CLIENT_SECRET}),
            "enabled": True,
        }
        app, _new = NetworkApp.objects.update_or_create(
            organisation=organisation, network=self.key, server="", defaults=values
        )
        return app

    def account(self, member: Member, name: str, *, through: str = "", **more: Any) -> Account:  # noqa: ARG002
        """Connected, as after a sign-in. `scopes` withholds permissions, `quota_total` and `followers` are told.

        The network has one address for everybody: `environment` leads through a proxy, not the account.
        """
        self.app(member.organisation)
        made = self.ask("users", {"name": name, **more})
        now = clock.now()
        found = Connected(
            remote_id=made["id"],
            handle=name,
            tokens=Tokens(
                access=made["access_token"],
                expires_at=now.replace(year=now.year + 1),
                extra={"issued": now.isoformat(), "ends": now.replace(year=now.year + 1).isoformat()},
            ),
        )
        return remember(member=member, network=self.key, found=found, sign_in=SignIn.OAUTH)

    def posts(self, account: Account) -> list[str]:
        return [post[self.words] for post in self.held(account)]

    def held(self, account: Account) -> list[dict[str, Any]]:
        """The live posts with everything that was sent, the oldest first."""
        return list(self.ask(f"posts?user={account.remote_id}"))

    def expire(self, account: Account) -> None:
        """Meta has no refresh token: what has ended is lost, as when it is withdrawn."""
        self.ask("tokens", {"user": account.remote_id, "older_by": 61 * 86400})

    def revoke(self, account: Account) -> None:
        self.ask("tokens", {"user": account.remote_id, "withdrawn": True})

    def ask(self, path: str, body: Any = None) -> Any:
        return ask(self.url, path, body)

    def wrong(self, path: str, status: int, body: Any, *, after: bool = False, times: int = 1) -> None:
        """The next call whose path ends so is told this; with `after` it is done nevertheless."""
        self.ask("answer", {"path": path, "status": status, "body": body, "after": after, "times": times})

    def graph(self, method: str, path: str, token: str, **params: Any) -> httpx2.Response:
        """Asked by plain HTTP, as somebody else's program would."""
        return httpx2.request(
            method, f"{self.url}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=10, **params
        )
