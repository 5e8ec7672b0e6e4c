"""Starts the Mastodon double, makes accounts on it, and reads what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx2

from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn, Tokens
from genlyd.networks.models import Account
from genlyd.people.models import Member
from tests.servers.process import process


class MastodonServer:
    key = "mastodon"
    publish_paths = ("/api/v1/statuses",)
    read_paths = ("/api/v1/accounts/",)
    prepare_paths = ("/api/v2/media", "/api/v1/media/")
    token_paths: tuple[str, ...] = ()
    environment: Mapping[str, str] = {}
    #: docs.joinmastodon.org/api/rate-limits; one second ahead is what a test has patience for.
    too_many = (
        (("Content-Type", "application/json"), ("X-RateLimit-Remaining", "0"), ("Retry-After", "1")),
        b'{"error":"Too many requests"}',
    )

    def __init__(self, url: str) -> None:
        self.url, self.host = url, url.removeprefix("http://")

    def call(self, method: str, path: str, *, token: str = "", **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx2.request(method, f"{self.url}{path}", headers=headers, timeout=30, **options)
        answer.raise_for_status()
        return answer.json()

    def person(self, name: str) -> tuple[str, str]:
        """A new person on the server: (id, token)."""
        form = {
            "username": name.replace("-", "_"),
            "email": f"{name}@norden.example",
            "password": "x",
            "agreement": "1",
        }
        token = self.call("POST", "/api/v1/accounts", data=form)["access_token"]
        return self.call("GET", "/api/v1/accounts/verify_credentials", token=token)["id"], token

    def account(self, member: Member, name: str, *, through: str = "") -> Account:
        number, token = self.person(name)
        found = Connected(
            remote_id=f"{number}@{self.host}",
            handle=f"@{name.replace('-', '_')}@{self.host}",
            server=through or self.url,
            tokens=Tokens(access=token),
        )
        return remember(member=member, network="mastodon", found=found, sign_in=SignIn.OAUTH)

    def posts(self, account: Account) -> list[str]:
        return list(self.call("GET", "/_double/posts", params={"account": _number(account)}))

    def statuses(self, account: Account) -> list[dict[str, Any]]:
        """As anybody sees them."""
        return list(self.call("GET", f"/api/v1/accounts/{_number(account)}/statuses"))

    def expire(self, account: Account) -> None:
        """Mastodon's tokens do not expire; all that can happen to them is being withdrawn."""
        self.revoke(account)

    def revoke(self, account: Account) -> None:
        self.call("POST", "/_double/revoke", params={"account": _number(account)})

    def forget_keys(self) -> None:
        """As an hour after the posts were made."""
        self.call("POST", "/_double/forget-keys")

    def slow_pictures(self, count: int) -> None:
        """The next pictures are worked on for a while."""
        self.call("POST", "/_double/slow-pictures", params={"count": count})


def _number(account: Account) -> str:
    return account.remote_id.partition("@")[0]


@contextmanager
def running() -> Iterator[MastodonServer]:
    with process("tests.servers.mastodon.double") as url:
        yield MastodonServer(url)
