"""Signing in at Threads, as a person does it, and keeping the connection for longer than sixty days."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.base import clock
from genlyd.networks import tokens
from genlyd.networks.domain.outcome import Failed, Kind
from genlyd.networks.models import Account
from genlyd.networks.tasks import keep_sessions
from genlyd.networks.threads import CONNECTOR
from genlyd.networks.threads.setup import check
from tests.servers.threads.server import ThreadsServer
from tests.world import World

CONNECT = "/networks/connect/threads/"


def consent_at(server: ThreadsServer, page: str, *, name: str | None, withheld: str = "") -> str:
    """What the person does at Threads: the address they are sent back to, without our host."""
    form = httpx2.get(page, timeout=10)
    assert form.is_success, form.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.text.replace("&amp;", "&")))
    users = {said: number for number, said in re.findall(r'value="(\d+)">Continue as ([\w.]+)<', form.text)}
    fields["user"] = users[name] if name else ""
    back = httpx2.post(f"{server.url}/oauth/consent", data={**fields, "withheld": withheld}, timeout=10)
    parts = urlsplit(back.headers["location"])
    return f"{parts.path}?{parts.query}"


def begin(client: Client) -> str:
    page = client.get(CONNECT).content.decode()
    [address] = re.findall(r'href="(http://127[^"]+/oauth/authorize[^"]+)"', page.replace("&amp;", "&"))
    return address


@pytest.fixture
def pia(world: World, threads: ThreadsServer, as_member) -> Client:
    threads.app(world.fjordkraft)
    threads.ask("users", {"name": "pia.threads", "followers": 210})
    return as_member(world.pia)


def test_a_person_connects_at_threads_and_comes_back(
    world: World, threads: ThreadsServer, pia: Client
) -> None:
    address = begin(pia)
    asked = parse_qs(urlsplit(address).query)
    assert asked["redirect_uri"] == [f"http://localhost:8000{reverse('networks:callback', args=['threads'])}"]
    assert "threads_content_publish" in asked["scope"][0]
    pia.get(consent_at(threads, address, name="pia.threads"))
    account = Account.objects.get(member=world.pia, network="threads")
    kept = tokens.read(account)
    assert (account.handle, account.expires_at, account.needs_reconnect_since) == ("pia.threads", None, None)
    assert "threads_delete" in account.scopes
    # The token of an hour was exchanged for the one of sixty days, and is renewed long before it ends.
    ends = timezone.datetime.fromisoformat(kept.extra["ends"])
    assert timedelta(days=59) < ends - clock.now() < timedelta(days=61)
    assert kept.expires_at
    assert kept.expires_at < ends - timedelta(days=30)
    assert kept.access not in str(account.secret_sealed)


def test_a_person_who_says_no_is_not_connected(world: World, threads: ThreadsServer, pia: Client) -> None:
    page = pia.get(consent_at(threads, begin(pia), name=None), follow=True).content.decode()
    assert "You said no" in page
    assert not Account.objects.filter(network="threads").exists()


def test_without_the_permission_to_post_nothing_is_connected(
    world: World, threads: ThreadsServer, pia: Client
) -> None:
    back = consent_at(threads, begin(pia), name="pia.threads", withheld="threads_content_publish")
    assert "leave every switch on" in pia.get(back, follow=True).content.decode()
    assert not Account.objects.filter(network="threads").exists()


def test_a_code_is_good_once_and_for_our_address_alone(threads: ThreadsServer, pia: Client) -> None:
    query = parse_qs(urlsplit(consent_at(threads, begin(pia), name="pia.threads")).query)
    form = {
        "client_id": "1234567890", "client_secret": "a-secret-of-thirty-two-characters",
        "grant_type": "authorization_code", "code": query["code"][0], "redirect_uri": "https://elsewhere.example/",
    }  # fmt: skip
    assert httpx2.post(f"{threads.url}/oauth/access_token", data=form, timeout=10).status_code == 400
    form["redirect_uri"] = f"http://localhost:8000{reverse('networks:callback', args=['threads'])}"
    assert httpx2.post(f"{threads.url}/oauth/access_token", data=form, timeout=10).status_code == 400


def renewable(account: Account, *, days: int) -> Account:
    """As if it had been connected so many days ago."""
    kept = tokens.read(account)
    issued = clock.now() - timedelta(days=days)
    ends = issued + timedelta(days=60)
    kept.extra.update(issued=issued.isoformat(), ends=ends.isoformat())
    tokens.store(
        account,
        tokens.Tokens(
            access=kept.access, expires_at=issued + timedelta(days=20), scopes=kept.scopes, extra=kept.extra
        ),
    )
    return account


def test_the_token_is_renewed_with_itself_before_it_ends(world: World, threads: ThreadsServer) -> None:
    account = renewable(threads.account(world.pia, "pia"), days=25)
    threads.ask("tokens", {"user": account.remote_id, "older_by": 25 * 86400})
    before = tokens.read(account).access
    after = tokens.access(account, CONNECTOR)
    assert after != before
    account.refresh_from_db()
    assert tokens.read(account).access == after
    assert account.expires_at is None


def test_an_account_that_nobody_uses_is_kept_alive(world: World, threads: ThreadsServer) -> None:
    account = renewable(threads.account(world.pia, "pia"), days=25)
    young = renewable(threads.account(world.pia, "pia2"), days=3)
    threads.ask("tokens", {"user": account.remote_id, "older_by": 25 * 86400})
    before = tokens.read(account).access, tokens.read(young).access
    for _twice in range(2):
        keep_sessions(timestamp=0)
    account.refresh_from_db()
    young.refresh_from_db()
    assert tokens.read(account).access != before[0]
    assert tokens.read(young).access == before[1]
    assert threads.ask("seen")["calls"].count("GET /refresh_access_token") == 1


def test_a_renewal_that_cannot_be_had_does_not_stop_a_token_that_still_holds(
    world: World, threads: ThreadsServer
) -> None:
    account = renewable(threads.account(world.pia, "pia"), days=25)
    threads.wrong("/refresh_access_token", 503, "down")
    assert tokens.access(account, CONNECTOR) == tokens.read(account).access
    kept = tokens.read(account)
    assert kept.expires_at
    assert clock.now() < kept.expires_at < clock.now() + timedelta(hours=7)


def test_a_token_that_was_lost_needs_the_person(world: World, threads: ThreadsServer) -> None:
    account = renewable(threads.account(world.pia, "pia"), days=61)
    threads.expire(account)
    with pytest.raises(Failed) as failed:
        tokens.access(account, CONNECTOR)
    account.refresh_from_db()
    assert failed.value.outcome.kind is Kind.RECONNECT
    assert account.needs_reconnect_since


def test_a_token_of_today_is_left_as_it_is(world: World, threads: ThreadsServer) -> None:
    account = threads.account(world.pia, "pia")
    assert tokens.access(account, CONNECTOR, renew=True) == tokens.read(account).access
    assert "GET /refresh_access_token" not in threads.ask("seen")["calls"]


def test_the_live_test_of_the_app_tells_right_from_wrong(
    world: World, threads: ThreadsServer, settings
) -> None:
    app = threads.app(world.fjordkraft)
    assert check(app).ok
    app.client_id = "999"
    assert not check(app).ok
    assert "Threads app id" in str(check(app).message)
    settings.NETWORK_ADDRESSES = {"threads.token": "http://127.0.0.1:9"}
    assert "could not be reached" in str(check(app).message)
