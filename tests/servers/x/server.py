"""Starts the double as a process of its own on a free loopback port, and speaks of it as all test servers do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from genlyd.base import clock
from genlyd.base.crypto import seal
from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn, Tokens
from genlyd.networks.domain.price import MICROS
from genlyd.networks.models import Account, Budget, NetworkApp
from genlyd.people.models import Member
from tests.servers.process import ask, process

CLIENT_ID, CLIENT_SECRET = "Z2VubHlk", "the-secret-of-the-app"


class XServer:
    key = "x"
    publish_paths = ("/2/tweets",)
    read_paths = ("/2/users/",)
    prepare_paths = ("/2/media/",)
    token_paths = ("/2/oauth2/token",)
    too_many = (
        # The quarter of an hour is over: nobody has to wait in a test.
        (
            ("Content-Type", "application/problem+json"), ("x-rate-limit-limit", "100"),
            ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "0"),
        ),
        b'{"title": "Too Many Requests", "detail": "Too Many Requests", "type": "about:blank", "status": 429}',
    )  # fmt: skip

    def __init__(self, url: str) -> None:
        self.url, self.host = url, url.removeprefix("http://")
        self.environment: Mapping[str, str] = {
            "GENLYD_NETWORK_ADDRESSES": f"x={url},x.auth={url}",
            "GENLYD_PRIVATE_HOSTS_ALLOWED": self.host,
        }

    def ask(self, path: str, body: Any = None) -> Any:
        return ask(self.url, path, body)

    def set(self, **fields: Any) -> None:
        self.ask("set", fields)

    def refuse(self, path: str, status: int, body: Any, **more: Any) -> None:
        """The next call to `path` ("POST /2/tweets") is answered with this."""
        self.ask("refuse", {"path": path, "status": status, "body": body, **more})

    def stored(self, account: Account) -> list[dict[str, Any]]:
        return list(self.ask(f"posts?person={account.remote_id}"))

    def app(self, organisation_id: int) -> NetworkApp:
        app, _made = NetworkApp.objects.get_or_create(
            organisation_id=organisation_id, network="x", server="",
            defaults={"client_id": CLIENT_ID, "secret_sealed": seal({"client_secret": CLIENT_SECRET})},
        )  # fmt: skip
        return app

    # --- NetworkServer ---
    def account(self, member: Member, name: str, *, through: str = "") -> Account:  # noqa: ARG002  X has one address
        self.app(member.organisation_id)
        # Without money nothing is posted: as much as no test uses up, unless the test has said how much.
        Budget.objects.get_or_create(
            organisation_id=member.organisation_id, network="x", defaults={"monthly": 1000 * MICROS}
        )
        made = self.ask("person", {"name": name})
        tokens = Tokens(
            access=made["access"], refresh=made["refresh"], expires_at=clock.now() + timedelta(hours=2)
        )
        found = Connected(remote_id=made["id"], handle=made["username"], tokens=tokens)
        return remember(member=member, network="x", found=found, sign_in=SignIn.OAUTH)

    def posts(self, account: Account) -> list[str]:
        return [post["sent"] for post in self.stored(account)]

    def expire(self, account: Account) -> None:
        self.ask("expire", {"person": account.remote_id})

    def revoke(self, account: Account) -> None:
        self.ask("expire", {"person": account.remote_id, "for_good": True})


@contextmanager
def running() -> Iterator[XServer]:
    with process("tests.servers.x.double") as url:
        yield XServer(url)
