"""Connecting to the double of X, and keeping the connection: refresh tokens there work once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from django.db import connection

from genlyd.base import clock
from genlyd.base.crypto import seal
from genlyd.base.errors import Refused
from genlyd.networks import budget, tokens
from genlyd.networks.actions.connect import begin, disconnect, finish
from genlyd.networks.budget import set_budget
from genlyd.networks.contract import Begun
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.domain.price import MICROS
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.networks.x.health import check
from genlyd.networks.x.sign_in import CONNECTOR
from tests.servers.x.server import XServer
from tests.world import World

BACK = "https://genlyd.fjordkraft.example/networks/callback/x/"
X = NETWORKS["x"]


def begun(x: XServer, world: World) -> Begun:
    x.app(world.fjordkraft.pk)
    x.set(redirect_uris=[BACK])
    set_budget(organisation=world.fjordkraft, network=X, monthly=MICROS)
    return begin(member=world.pia, network=X, asked="", redirect_uri=BACK)


def answered(url: str) -> dict[str, str]:
    """What X sends the person back with."""
    answer = httpx2.get(url, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return {key: values[0] for key, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def come_back(world: World, start: Begun, answer: dict[str, str]) -> Account:
    return finish(member=world.pia, network=X, keep=start.keep, answer=answer, redirect_uri=BACK)


def test_connecting_keeps_a_pair_of_tokens_and_the_name(x: XServer, world: World) -> None:
    x.ask("person", {"name": "pia", "followers": 340})
    start = begun(x, world)
    account = come_back(world, start, answered(start.url))
    assert (account.handle, account.followers, account.expires_at) == ("pia", 340, None)
    kept = tokens.read(account)
    assert kept.refresh
    assert set(kept.scopes.split()) == set(CONNECTOR.scopes)
    assert b"pia" not in bytes(account.secret_sealed or b"")
    assert budget.standing(X, world.fjordkraft.pk).spent == 10_000


def test_a_code_is_worth_nothing_after_half_a_minute(x: XServer, world: World) -> None:
    start = begun(x, world)
    answer = answered(start.url)
    x.set(ahead=31)
    with pytest.raises(Refused):
        come_back(world, start, answer)
    assert not Account.objects.exists()


def test_a_code_is_worth_nothing_to_who_did_not_begin(x: XServer, world: World) -> None:
    start, other = begun(x, world), begun(x, world)
    with pytest.raises(Refused):
        come_back(world, other, answered(start.url))


def test_who_says_no_is_not_connected(x: XServer, world: World) -> None:
    start = begun(x, world)
    x.set(consents=False)
    with pytest.raises(Refused, match="You said no"):
        come_back(world, start, answered(start.url))


def test_nobody_is_connected_without_a_budget(x: XServer, world: World) -> None:
    start = begun(x, world)
    set_budget(organisation=world.fjordkraft, network=X, monthly=0)
    with pytest.raises(Refused):
        come_back(world, start, answered(start.url))


def test_a_spent_refresh_token_needs_the_person(x: XServer, pias: Account) -> None:
    old = tokens.read(pias)
    assert CONNECTOR.renew(pias, old).refresh != old.refresh
    with pytest.raises(Failed) as caught:
        tokens.access(pias, CONNECTOR, renew=True)
    assert caught.value.outcome.kind is Kind.RECONNECT
    pias.refresh_from_db()
    assert pias.needs_reconnect_since


def test_disconnecting_withdraws_the_permission_at_x(x: XServer, pias: Account) -> None:
    disconnect(account=pias)
    assert all(token["revoked"] for token in x.ask("state")["tokens"])
    pias.refresh_from_db()
    assert pias.secret_sealed is None


@pytest.mark.django_db(transaction=True)
def test_four_workers_renew_once(x: XServer, pias: Account) -> None:
    old = tokens.read(pias)
    ended = tokens.Tokens(access=old.access, refresh=old.refresh, expires_at=clock.now() - timedelta(hours=1))
    tokens.store(pias, ended)
    together = Barrier(4)

    def worker(_number: int) -> str:
        mine = Account.objects.get(pk=pias.pk)
        together.wait()
        try:
            return tokens.access(mine, CONNECTOR)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(worker, range(4)))
    assert len(found) == 1
    assert [token["spent"] for token in x.ask("state")["tokens"]] == [True, False]
    assert not Account.objects.get(pk=pias.pk).needs_reconnect_since


@pytest.mark.parametrize(
    ("secret", "monthly", "finds"),
    [
        ("wrong", MICROS, (False, "client ID")),
        ("", 0, (True, "budget")),
        ("", MICROS, (True, "X knows the app.")),
    ],
)
def test_live_check_of_the_app(
    x: XServer, world: World, secret: str, monthly: int, finds: tuple[bool, str]
) -> None:
    app = x.app(world.fjordkraft.pk)
    if secret:
        app.secret_sealed = seal({"client_secret": secret})
    set_budget(organisation=world.fjordkraft, network=X, monthly=monthly)
    found = check(app)
    assert found.ok is finds[0]
    assert finds[1] in str(found.message)
