"""The organisation's app at a network: entered, tried, switched, removed; administrators only, and never another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from genlyd.networks import registry, tokens
from genlyd.networks.actions.app import let_go
from genlyd.networks.contract import AppField, AppSetup, Check, Tokens
from genlyd.networks.credentials import secret_of
from genlyd.networks.models import Account, NetworkApp
from genlyd.networks.queries import connectable
from tests.world import World

AsMember = Callable[..., Client]
PAGE = "/networks/set-up/linkedin/"
ENTERED = {"client_id": "86abc", "client_secret": "s3cret", "version": "202610"}


@pytest.fixture
def setup(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """LinkedIn with an app whose live test says what stands in the list."""
    answers = [True]

    def check(app: NetworkApp) -> Check:
        assert secret_of(app)
        return Check(ok=answers[0], message="It works." if answers[0] else "LinkedIn does not know this app.")

    app = AppSetup(
        portal="https://www.linkedin.com/developers/apps",
        steps=("Make an app.", "Add the product."),
        check=check,
        fields=(
            AppField(key="version", label="Version", default="202610"),
            AppField(key="metrics", label="Metrics", switch=True, required=False),
        ),
    )
    changed = replace(registry.NETWORKS["linkedin"], app=app, sign_ins=("oauth",))
    monkeypatch.setitem(registry.NETWORKS, "linkedin", changed)
    return answers


def the_app(world: World) -> NetworkApp:
    return NetworkApp.objects.get(organisation=world.fjordkraft, network="linkedin")


@pytest.mark.parametrize("who", ["lene", "erik", "pia"])
@pytest.mark.parametrize("path", ["", "test/", "switch/", "remove/"])
def test_only_administrators(
    world: World, as_member: AsMember, setup: list[bool], who: str, path: str
) -> None:
    client = as_member(getattr(world, who))
    assert client.get(PAGE + path).status_code == 404
    assert client.post(PAGE + path, ENTERED).status_code == 404
    assert not NetworkApp.objects.exists()


def test_saving_seals_the_secret_and_tests_at_once(
    world: World, as_member: AsMember, setup: list[bool]
) -> None:
    answer = as_member(world.alma).post(PAGE, ENTERED, follow=True)
    assert "It works." in answer.content.decode()
    app = the_app(world)
    assert app.client_id == "86abc"
    assert app.options == {"version": "202610", "metrics": ""}
    assert b"s3cret" not in bytes(app.secret_sealed)
    assert secret_of(app) == "s3cret"
    assert app.checked_at is not None
    assert "s3cret" not in as_member(world.alma).get(PAGE).content.decode()


def test_an_empty_secret_keeps_the_stored_one(world: World, as_member: AsMember, setup: list[bool]) -> None:
    alma = as_member(world.alma)
    alma.post(PAGE, ENTERED)
    alma.post(PAGE, {**ENTERED, "client_id": "86new", "client_secret": "", "metrics": "on"})
    app = the_app(world)
    assert (app.client_id, secret_of(app), app.options["metrics"]) == ("86new", "s3cret", "1")


def test_without_a_secret_nothing_is_saved(world: World, as_member: AsMember, setup: list[bool]) -> None:
    answer = as_member(world.alma).post(PAGE, {**ENTERED, "client_secret": ""})
    assert answer.status_code == 422
    assert not NetworkApp.objects.exists()


def test_a_failed_test_is_shown_and_kept(world: World, as_member: AsMember, setup: list[bool]) -> None:
    setup[0] = False
    alma = as_member(world.alma)
    assert "does not know this app" in alma.post(PAGE, ENTERED, follow=True).content.decode()
    assert the_app(world).problem == "LinkedIn does not know this app."
    setup[0] = True
    alma.post(PAGE + "test/")
    assert the_app(world).problem == ""


def test_switched_off_nobody_can_connect(world: World, as_member: AsMember, setup: list[bool]) -> None:
    alma = as_member(world.alma)
    keys = lambda: {network.key for network in connectable(world.fjordkraft.pk)}  # noqa: E731
    assert "linkedin" not in keys()
    alma.post(PAGE, ENTERED)
    assert "linkedin" in keys()
    assert "linkedin" not in {network.key for network in connectable(world.havblik.pk)}
    alma.post(PAGE + "switch/", {"on": "0"})
    assert "linkedin" not in keys()
    alma.post(PAGE + "switch/", {"on": "1"})
    assert "linkedin" in keys()


def test_removing_lets_go_of_the_organisations_accounts_only(
    world: World, as_member: AsMember, setup: list[bool]
) -> None:
    as_member(world.alma).post(PAGE, ENTERED)
    as_member(world.oda).post(PAGE, ENTERED)
    sealed = tokens.sealed(Tokens(access="a", refresh="r"))
    made = [
        Account.objects.create(
            organisation_id=member.organisation_id, member=member, network=network, remote_id=member.name,
            handle=member.name, secret_sealed=sealed, sign_in="oauth",
        )
        for member, network in ((world.pia, "linkedin"), (world.poul, "mastodon"), (world.oda, "linkedin"))
    ]  # fmt: skip
    app = the_app(world)
    as_member(world.alma).post(PAGE + "remove/")
    assert the_app(world).enabled is False
    let_go(app.pk)
    let_go(app.pk)
    assert not NetworkApp.objects.filter(organisation=world.fjordkraft).exists()
    assert NetworkApp.objects.filter(organisation=world.havblik).exists()
    for account in made:
        account.refresh_from_db()
    assert [account.secret_sealed is None for account in made] == [True, False, False]
    assert [account.disconnected_at is None for account in made] == [False, True, True]


def test_an_unknown_network_is_not_found(world: World, as_member: AsMember) -> None:
    assert as_member(world.alma).get("/networks/set-up/myspace/").status_code == 404


@pytest.mark.parametrize("key", sorted(registry.NETWORKS))
def test_every_network_has_its_page(world: World, as_member: AsMember, key: str) -> None:
    page = as_member(world.alma).get(f"/networks/set-up/{key}/")
    assert page.status_code == 200
    assert str(registry.NETWORKS[key].name) in page.content.decode()
