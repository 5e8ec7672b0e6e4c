"""Starts the double as a process of its own on a free loopback port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from genlyd.base import clock
from genlyd.base.crypto import seal
from genlyd.networks import tokens
from genlyd.networks.contract import Tokens
from genlyd.networks.models import Account, NetworkApp
from genlyd.people.models import Member
from tests.servers.linkedin.state import MEMBER_SCOPES, SIXTY_DAYS, State
from tests.servers.process import ask, process


class LinkedIn:
    key = "linkedin"
    publish_paths = ("/rest/posts",)
    #: Nobody reads a member's posts back.
    read_paths: tuple[str, ...] = ()
    prepare_paths = ("/rest/images", "/dms-uploads/")
    #: No Retry-After and no rate headers: LinkedIn sends none.
    too_many = (
        (("Content-Type", "application/json"),),
        b'{"status": 429, "serviceErrorCode": 101, "message": "Resource level throttle limit is reached."}',
    )
    #: LinkedIn renews no token.
    token_paths: tuple[str, ...] = ()

    def __init__(self, url: str) -> None:
        self.url, self.host = url, url.removeprefix("http://")
        self.environment: Mapping[str, str] = {
            "GENLYD_NETWORK_ADDRESSES": f"linkedin={url},linkedin.auth={url}",
            "GENLYD_PRIVATE_HOSTS_ALLOWED": self.host,
        }

    # --- what every network's server offers ---
    def account(self, member: Member, name: str, *, through: str = "") -> Account:  # noqa: ARG002  see `environment`
        """Connected, as if signed in long enough ago to be believed. The organisation's app comes with it."""
        an_app(member.organisation_id)
        made = self.person(name, age=3600)
        account = Account.objects.create(
            organisation_id=member.organisation_id, member=member, network=self.key, remote_id=made["sub"],
            handle=name, sign_in="oauth", connected_at=clock.now() - timedelta(hours=1),
        )  # fmt: skip
        self.give(account, made["token"])
        return account

    def give(self, account: Account, token: str, *, lasts: float = SIXTY_DAYS, scopes: str = "") -> None:
        until = clock.now() + timedelta(seconds=lasts)
        tokens.store(
            account,
            Tokens(access=token, expires_at=until, person_by=until, scopes=scopes or " ".join(MEMBER_SCOPES)),
        )

    def posts(self, account: Account) -> list[str]:
        return [post["text"] for post in self.stored(account.remote_id) if post["live"]]

    def expire(self, account: Account) -> None:
        made = self.person(account.handle, sub=account.remote_id, lasts=1, age=3600)
        self.give(account, made["token"])

    def revoke(self, account: Account) -> None:
        self.ask("revoke", {"sub": account.remote_id})

    # --- the double's own ---
    def ask(self, path: str, body: Any = None) -> Any:
        return ask(self.url, path, body)

    def set(self, **fields: Any) -> None:
        self.ask("set", fields)

    def person(self, name: str, **fields: Any) -> dict[str, str]:
        """{sub, name, token}: a member with a token as if they had connected."""
        return dict(self.ask("person", {"name": name, **fields}))

    def stored(self, sub: str = "") -> list[dict[str, Any]]:
        return list(self.ask(f"posts?sub={sub}"))


def an_app(organisation_id: int, **options: str) -> NetworkApp:
    """What an administrator has entered."""
    app, _new = NetworkApp.objects.get_or_create(
        organisation_id=organisation_id, network="linkedin",
        defaults={
            "client_id": State.client_id, "secret_sealed": seal({"client_secret": State.client_secret}),
            "options": {"version": "202609"},
        },
    )  # fmt: skip
    if options:
        app.options = {**app.options, **options}
        app.save(update_fields=["options"])
    return app


@contextmanager
def running() -> Iterator[LinkedIn]:
    with process("tests.servers.linkedin.double") as url:
        yield LinkedIn(url)
