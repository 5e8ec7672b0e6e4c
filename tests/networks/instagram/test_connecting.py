"""Signing in at Instagram, as a person does it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpx2
import pytest
from django.test import Client

from genlyd.networks import tokens
from genlyd.networks.instagram.setup import check
from genlyd.networks.models import Account
from tests.servers.instagram.server import InstagramServer
from tests.world import World


def come_back(client: Client, server: InstagramServer, name: str, *, withheld: str = "") -> str:
    """To the page that asks, on to Instagram, consent, and back: what the person reads then."""
    page = client.get("/networks/connect/instagram/").content.decode().replace("&amp;", "&")
    [address] = re.findall(r'href="(http://127[^"]+/oauth/authorize[^"]+)"', page)
    form = httpx2.get(address, timeout=10).text.replace("&amp;", "&")
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    fields["user"] = {
        said: number for number, said in re.findall(r'value="(\d+)">Continue as ([\w.]+)<', form)
    }[name]
    back = httpx2.post(f"{server.url}/oauth/consent", data={**fields, "withheld": withheld}, timeout=10)
    parts = urlsplit(back.headers["location"])
    return client.get(f"{parts.path}?{parts.query}", follow=True).content.decode()


@pytest.fixture
def pia(world: World, instagram: InstagramServer, as_member) -> Client:
    instagram.app(world.fjordkraft)
    instagram.ask("users", {"name": "pia.insta", "followers": 812})
    instagram.ask("users", {"name": "private.pia"})
    return as_member(world.pia)


def test_a_professional_account_is_connected_with_its_followers(
    world: World, instagram: InstagramServer, pia: Client
) -> None:
    assert "Connected: pia.insta" in come_back(pia, instagram, "pia.insta")
    account = Account.objects.get(member=world.pia, network="instagram")
    kept = tokens.read(account)
    assert (account.followers, account.expires_at) == (812, None)
    assert "instagram_business_content_publish" in kept.scopes
    # The account's own number, not the person's as the app knows them.
    assert instagram.graph("GET", f"/v23.0/{account.remote_id}/media", kept.access).status_code == 200


def test_a_private_account_is_told_to_share_by_hand(instagram: InstagramServer, pia: Client) -> None:
    assert "professional accounts only" in come_back(pia, instagram, "private.pia")
    assert not Account.objects.filter(network="instagram").exists()


def test_without_the_permission_to_post_nothing_is_connected(instagram: InstagramServer, pia: Client) -> None:
    said = come_back(pia, instagram, "pia.insta", withheld="instagram_business_content_publish")
    assert "leave every switch on" in said
    assert not Account.objects.filter(network="instagram").exists()


def test_the_live_test_of_the_app_tells_right_from_wrong(
    world: World, instagram: InstagramServer, settings
) -> None:
    app = instagram.app(world.fjordkraft)
    assert check(app).ok, check(app).message
    app.client_id = "999"
    assert not check(app).ok
    settings.NETWORK_ADDRESSES = {"instagram.token": "http://127.0.0.1:9"}
    assert "could not be reached" in str(check(app).message)
