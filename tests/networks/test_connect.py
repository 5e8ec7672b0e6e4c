"""The way back from a network's own page: only what this browser began, once, and for the person who began it."""

# ruff: noqa: ARG002  a connector takes what it is given
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from genlyd.base.errors import Refused
from genlyd.networks import registry, tokens
from genlyd.networks.contract import Begun, Connected, SignIn, Tokens
from genlyd.networks.models import Account
from genlyd.networks.views.connect import MOST_PENDING, PENDING
from genlyd.people.models import Organisation
from tests.world import World

AsMember = Callable[..., Client]
CONNECT, CALLBACK = "/networks/connect/xing/", "/networks/callback/xing/"


@dataclass(frozen=True)
class Steps:
    """A connector that only counts its steps: what is tried here is everything around it."""

    asks: str = ""
    allows: tuple[str, ...] = ("Post what you have written",)

    def begin(self, *, organisation: Organisation, asked: str, redirect_uri: str) -> Begun:
        assert redirect_uri.endswith(CALLBACK)
        number = Account.objects.count()
        state = f"state-{organisation.pk}-{timezone.now().timestamp()}-{number}"
        return Begun(url=f"https://login.example/?state={state}", state=state, keep={"verifier": "v"})

    def finish(
        self,
        *,
        organisation: Organisation,
        keep: dict[str, Any],
        answer: Mapping[str, str],
        redirect_uri: str,
    ) -> Connected:
        assert keep["verifier"] == "v"
        if answer.get("code") != "good":
            raise Refused("The code is no good.", next_step="Begin again.")
        handle = answer.get("handle", "pia")
        return Connected(remote_id="17", handle=handle, tokens=Tokens(access="secret-access"), followers=12)

    def renew(self, account: Account, tokens: Tokens) -> Tokens:
        raise NotImplementedError

    def revoke(self, account: Account, tokens: Tokens) -> None:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def xing_can_be_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    able = replace(registry.NETWORKS["xing"], connector=Steps(), sign_ins=(SignIn.OAUTH,))
    monkeypatch.setitem(registry.NETWORKS, "xing", able)


def begun(client: Client) -> str:
    url = client.get(CONNECT).context["url"]
    return str(url).partition("state=")[2]


def test_the_page_says_what_genlyd_may_do_before_leading_on(world: World, as_member: AsMember) -> None:
    page = as_member(world.pia).get(CONNECT)
    assert "Post what you have written" in page.content.decode()
    assert page.context["url"].startswith("https://login.example/")
    assert "no-store" in page.headers["Cache-Control"]


def test_there_and_back_connects(world: World, as_member: AsMember) -> None:
    pia = as_member(world.pia)
    after = pia.get(CALLBACK, {"state": begun(pia), "code": "good"}, follow=True)
    assert "Connected: pia" in after.content.decode()
    account = Account.objects.get()
    assert (account.member, account.sign_in, account.followers) == (world.pia, "oauth", 12)
    assert tokens.read(account).access == "secret-access"
    assert b"secret-access" not in bytes(account.secret_sealed)


def test_a_state_is_good_once_for_its_network_and_for_its_browser(world: World, as_member: AsMember) -> None:
    pia, poul = as_member(world.pia), as_member(world.poul)
    state = begun(pia)
    # Somebody else is lured into finishing Pia's sign-in, or Pia into finishing nobody's.
    for client, given in ((poul, state), (pia, "made-up"), (pia, "")):
        after = client.get(CALLBACK, {"state": given, "code": "good"}, follow=True)
        assert "begun elsewhere" in after.content.decode()
    assert not Account.objects.exists()
    pia.get(CALLBACK, {"state": state, "code": "good"})
    assert Account.objects.count() == 1
    again = pia.get(CALLBACK, {"state": state, "code": "good"}, follow=True)
    assert "has been used" in again.content.decode()


def test_a_state_does_not_open_another_network(world: World, as_member: AsMember) -> None:
    pia = as_member(world.pia)
    session = pia.session
    session[PENDING] = {"s": {"network": "mastodon", "verifier": "v"}}
    session.save()
    pia.get(CALLBACK, {"state": "s", "code": "good"})
    assert not Account.objects.exists()


def test_a_refusal_is_said_and_nothing_is_connected(world: World, as_member: AsMember) -> None:
    pia = as_member(world.pia)
    bad = pia.get(CALLBACK, {"state": begun(pia), "code": "bad"}, follow=True).content.decode()
    assert "The code is no good. Begin again." in bad
    denied = pia.get(CALLBACK, {"state": begun(pia), "error": "access_denied"}, follow=True).content.decode()
    assert "You said no" in denied
    broken = pia.get(CALLBACK, {"state": begun(pia), "error": "server_error"}, follow=True).content.decode()
    assert "did not let us in" in broken
    assert not Account.objects.exists()


def test_connecting_again_mends_the_same_row(world: World, as_member: AsMember) -> None:
    pia = as_member(world.pia)
    pia.get(CALLBACK, {"state": begun(pia), "code": "good"})
    Account.objects.update(
        secret_sealed=None, disconnected_at=timezone.now(), needs_reconnect_since=timezone.now()
    )
    pia.get(CALLBACK, {"state": begun(pia), "code": "good", "handle": "pia2"})
    account = Account.objects.get()
    assert (account.handle, account.disconnected_at, account.needs_reconnect_since) == ("pia2", None, None)


@pytest.mark.parametrize("handle", ["x" * 201, "pia\u202e", ""])
def test_a_name_that_cannot_be_shown_is_refused(world: World, as_member: AsMember, handle: str) -> None:
    pia = as_member(world.pia)
    after = pia.get(CALLBACK, {"state": begun(pia), "code": "good", "handle": handle}, follow=True)
    assert "a name that we cannot use" in after.content.decode()
    assert not Account.objects.exists()


def test_only_the_newest_sign_ins_are_remembered(world: World, as_member: AsMember) -> None:
    pia = as_member(world.pia)
    states = [begun(pia) for _ in range(MOST_PENDING + 2)]
    assert list(pia.session[PENDING]) == states[-MOST_PENDING:]


@pytest.mark.parametrize(
    "path", ["/networks/connect/facebook/", "/networks/callback/facebook/", "/networks/connect/x/"]
)
def test_what_cannot_be_connected_here_is_not_found(world: World, as_member: AsMember, path: str) -> None:
    assert as_member(world.pia).get(path).status_code == 404
