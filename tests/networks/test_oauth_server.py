"""The shared sign-in against an authorisation server that is not ours, with tokens that live two seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import override_settings

from genlyd.base.crypto import seal
from genlyd.base.errors import Refused
from genlyd.networks import tokens
from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.models import Account, NetworkApp
from genlyd.networks.oauth import OAuth2, Who
from tests.servers.oidc import server
from tests.servers.oidc.server import BACK, says_yes
from tests.world import World

TESTED = OAuth2(
    network="tested", authorize="/auth", token="/token", revocation="/token/revocation",
    scopes=("openid",), who=lambda _access, _server: Who(remote_id="pia", handle="pia"),
    app_proof="client_secret_basic",
)  # fmt: skip


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    if not server.is_installed():
        pytest.skip("The authorisation server is not installed: `make test` does")
    with server.running() as url:
        yield url


@pytest.fixture
def _points_there(origin: str, world: World) -> Iterator[None]:
    NetworkApp.objects.create(
        organisation=world.fjordkraft, network="tested", client_id=server.CLIENT_ID,
        secret_sealed=seal({"client_secret": server.CLIENT_SECRET}),
    )  # fmt: skip
    host = origin.removeprefix("http://")
    with override_settings(NETWORK_ADDRESSES={"tested.auth": origin}, PRIVATE_HOSTS_ALLOWED={host}):
        yield


def connect(world: World, keep: dict[str, str] | None = None) -> Connected:
    begun = TESTED.begin(organisation=world.fjordkraft, asked="", redirect_uri=BACK)
    answer = says_yes(begun.url, "pia")
    assert answer["state"] == begun.state
    return TESTED.finish(
        organisation=world.fjordkraft, keep=begun.keep | (keep or {}), answer=answer, redirect_uri=BACK
    )


def account(world: World) -> Account:
    return remember(member=world.pia, network="tested", found=connect(world), sign_in=SignIn.OAUTH)


@pytest.mark.usefixtures("_points_there")
def test_a_code_without_its_verifier_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        connect(world, keep={"verifier": "x" * 64})


@pytest.mark.usefixtures("_points_there")
def test_a_refresh_token_used_twice_needs_the_person(world: World) -> None:
    pias = account(world)
    old = tokens.read(pias)
    assert old.refresh
    assert TESTED.renew(pias, old).refresh != old.refresh
    with pytest.raises(Failed) as caught:
        TESTED.renew(pias, old)
    assert caught.value.outcome.kind is Kind.RECONNECT


@pytest.mark.usefixtures("_points_there")
def test_a_withdrawn_token_cannot_be_renewed(world: World) -> None:
    pias = account(world)
    TESTED.revoke(pias, tokens.read(pias))
    with pytest.raises(Failed):
        tokens.access(pias, TESTED, renew=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_points_there")
def test_workers_share_one_renewal_again_and_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MARGIN", tokens.timedelta(0))
    pias = account(world)
    seen = {tokens.read(pias).access}

    def worker(together: Barrier) -> str:
        mine = Account.objects.get(pk=pias.pk)
        together.wait()
        try:
            return tokens.access(mine, TESTED)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        for _round in range(2):
            time.sleep(2.1)
            found = set(pool.map(worker, [Barrier(3)] * 3))
            assert len(found) == 1
            assert not found & seen
            seen |= found
