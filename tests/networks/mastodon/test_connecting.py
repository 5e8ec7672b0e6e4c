"""Signing in at a server that somebody named: its app, there and back, and letting go."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from django.test import Client
from django.urls import reverse

from genlyd.base.errors import Refused
from genlyd.networks import tokens
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.credentials import secret_of
from genlyd.networks.mastodon.connector import CONNECTOR
from genlyd.networks.models import Account, NetworkApp
from tests.servers.fault_proxy import FaultProxy
from tests.servers.mastodon.server import MastodonServer
from tests.world import World

CONNECT, CALLBACK = "/networks/connect/mastodon/", "/networks/callback/mastodon/"


def says_yes(mastodon: MastodonServer, url: str, name: str) -> str:
    """The person signs in there and agrees: where they are sent then, as path and query."""
    asked = httpx2.get(url)
    assert asked.status_code == 200
    query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    form = {key: query.get(key, "") for key in ("client_id", "redirect_uri", "scope", "state")}
    sent = httpx2.post(f"{mastodon.url}/oauth/authorize", data={**form, "username": name})
    back = urlsplit(sent.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == query["redirect_uri"]
    return f"{back.path}?{back.query}"


def connects(client: Client, mastodon: MastodonServer, name: str, server: str = "") -> None:
    page = client.post(CONNECT, {"asked": server or mastodon.url})
    after = client.get(says_yes(mastodon, page.context["url"], name), follow=True)
    assert "Connected: @" in after.content.decode()


def test_a_member_connects_at_their_own_server(world: World, as_member, mastodon: MastodonServer) -> None:
    number, token = mastodon.person("pia")
    _, fan = mastodon.person("fan")
    mastodon.call("POST", f"/api/v1/accounts/{number}/follow", token=fan)
    connects(as_member(world.pia), mastodon, "pia")
    account = Account.objects.get(member=world.pia, network="mastodon")
    assert account.handle == f"@pia@{mastodon.host}"
    assert (account.remote_id, account.server) == (f"{number}@{mastodon.host}", mastodon.url)
    assert account.followers == 1
    assert account.options["limits"]["characters"] == 500
    assert account.expires_at is None
    kept = tokens.read(account)
    assert kept.access
    assert kept.access != token
    assert kept.access.encode() not in bytes(account.secret_sealed)


def test_an_app_is_registered_once_for_a_server_and_asks_for_no_more_than_it_needs(
    world: World, as_member, mastodon: MastodonServer
) -> None:
    mastodon.person("first")
    mastodon.person("second")
    connects(as_member(world.pia), mastodon, "first")
    connects(as_member(world.poul), mastodon, "second")
    app = NetworkApp.objects.get(network="mastodon")
    assert (app.organisation, app.server) == (world.fjordkraft, mastodon.url)
    # The double knows no `profile`, as servers before 4.3.
    assert app.options["scopes"] == "read:accounts read:statuses write:statuses write:media"
    assert secret_of(app)
    assert secret_of(app).encode() not in bytes(app.secret_sealed)


def test_another_redirect_address_wants_another_app(world: World, mastodon: MastodonServer) -> None:
    asked = {"organisation": world.fjordkraft, "asked": mastodon.url}
    CONNECTOR.begin(**asked, redirect_uri="https://old.example/cb")
    old = NetworkApp.objects.get().client_id
    CONNECTOR.begin(**asked, redirect_uri="https://new.example/cb")
    assert NetworkApp.objects.get().client_id != old


def test_a_code_without_its_proof_is_worth_nothing(world: World, mastodon: MastodonServer) -> None:
    mastodon.person("proofless")
    back = "https://genlyd.example/cb"
    begun = CONNECTOR.begin(organisation=world.fjordkraft, asked=mastodon.url, redirect_uri=back)
    assert parse_qs(urlsplit(begun.url).query)["code_challenge_method"] == ["S256"]
    answer = {
        key: one[0]
        for key, one in parse_qs(urlsplit(says_yes(mastodon, begun.url, "proofless")).query).items()
    }
    with pytest.raises(Refused):
        CONNECTOR.finish(
            organisation=world.fjordkraft, keep={**begun.keep, "verifier": "x" * 64}, answer=answer, redirect_uri=back
        )  # fmt: skip


def test_a_server_that_has_forgotten_the_app_gets_a_new_one_next_time(
    world: World, mastodon: MastodonServer
) -> None:
    mastodon.person("forgotten")
    back = "https://genlyd.example/cb"
    begun = CONNECTOR.begin(organisation=world.fjordkraft, asked=mastodon.url, redirect_uri=back)
    NetworkApp.objects.update(client_id="vacuumed")
    with pytest.raises(Refused):
        CONNECTOR.finish(
            organisation=world.fjordkraft, keep=begun.keep, answer={"code": "mockcode_forgotten"}, redirect_uri=back
        )  # fmt: skip
    assert not NetworkApp.objects.exists()


def test_disconnecting_revokes_the_token_and_forgets_it(
    world: World, as_member, mastodon: MastodonServer
) -> None:
    number, _ = mastodon.person("leaving")
    connects(as_member(world.pia), mastodon, "leaving")
    count = mastodon.call("GET", "/_double/tokens", params={"account": number})
    account = Account.objects.get(network="mastodon")
    disconnect(account=account)
    assert mastodon.call("GET", "/_double/tokens", params={"account": number}) == count - 1
    account.refresh_from_db()
    assert account.secret_sealed is None


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "This field is required"),
        ("mastodon", "not the whole name of a server"),
        ("http://norden.example", "begins with http"),
        ("https://pia:hemmelig@norden.example", "not the name of a server"),
        ("127.0.0.1:9", "not the name of a server"),
        ("localhost", "not the whole name"),
        # Numbers in disguise and private addresses are turned away where calls are made.
        ("0x7f.1", "Nobody answers"),
    ],
)
def test_a_hostile_or_mistaken_name_is_refused_with_words(
    world: World, as_member, mastodon: MastodonServer, typed: str, says: str
) -> None:
    page = as_member(world.pia).post(CONNECT, {"asked": typed})
    assert page.status_code == 422
    assert says in page.content.decode()
    assert not NetworkApp.objects.exists()


def test_a_name_that_leads_into_a_private_network_is_never_asked(
    world: World, as_member, server: MastodonServer
) -> None:
    # Not allowed here: the double stands for a service of the intranet.
    page = as_member(world.pia).post(CONNECT, {"asked": server.url})
    assert page.status_code == 422
    assert not NetworkApp.objects.exists()


def test_a_web_site_that_is_no_mastodon_server_is_told_apart(
    world: World, as_member, web_server, settings
) -> None:
    settings.PRIVATE_HOSTS_ALLOWED = [web_server.host]
    page = as_member(world.pia).post(CONNECT, {"asked": f"http://{web_server.host}"})
    assert page.status_code == 422
    assert "is not a Mastodon server" in page.content.decode()


def test_a_server_that_lives_elsewhere_is_found_by_its_host_meta(
    world: World, mastodon: MastodonServer, web_server, settings
) -> None:
    settings.PRIVATE_HOSTS_ALLOWED = [web_server.host, mastodon.host]
    web_server.redirect("/.well-known/host-meta", f"{mastodon.url}/.well-known/host-meta")
    begun = CONNECTOR.begin(
        organisation=world.fjordkraft, asked=f"http://{web_server.host}", redirect_uri="https://genlyd.example/cb"
    )  # fmt: skip
    assert begun.url.startswith(f"{mastodon.url}/oauth/authorize")


def test_a_server_that_the_administrator_switched_off_stays_off(
    world: World, as_member, mastodon: MastodonServer
) -> None:
    CONNECTOR.begin(
        organisation=world.fjordkraft, asked=mastodon.url, redirect_uri="https://genlyd.example/cb"
    )
    NetworkApp.objects.update(enabled=False)
    page = as_member(world.pia).post(CONNECT, {"asked": mastodon.url})
    assert "switched this server off" in page.content.decode()


@pytest.mark.parametrize("fault", ["drop_before", "502_after", "drop_after"])
def test_a_server_that_breaks_down_while_one_connects_is_a_sentence(
    world: World, as_member, proxy: FaultProxy, fault
) -> None:
    proxy.once(fault, "/api/v1/apps")
    page = as_member(world.pia).post(CONNECT, {"asked": proxy.url})
    assert page.status_code == 422
    assert "did not let Genlyd in" in page.content.decode()


def test_saying_no_connects_nothing(world: World, as_member, mastodon: MastodonServer) -> None:
    client = as_member(world.pia)
    page = client.post(CONNECT, {"asked": mastodon.url})
    state = parse_qs(urlsplit(page.context["url"]).query)["state"][0]
    after = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert "You said no" in after.content.decode()
    assert not Account.objects.filter(network="mastodon").exists()


def test_mastodon_can_be_connected_without_any_set_up(world: World, as_member) -> None:
    assert CONNECT in as_member(world.pia).get(reverse("networks:accounts")).content.decode()
