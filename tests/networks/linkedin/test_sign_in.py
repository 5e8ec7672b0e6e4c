from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.networks import tokens
from genlyd.networks.linkedin.sign_in import SCOPES, VETTED
from genlyd.networks.models import Account
from tests.servers.linkedin.server import LinkedIn, an_app
from tests.world import World

AsMember = Callable[..., Client]


def go(pia: Client, linkedin: LinkedIn) -> HttpResponse:
    """From our page to LinkedIn's and back, as the browser goes."""
    page = pia.get(reverse("networks:connect", args=["linkedin"]))
    assert page.status_code == 200
    url = page.context["url"]
    assert url.startswith(f"{linkedin.url}/oauth/v2/authorization?")
    back = httpx2.get(url, follow_redirects=False).headers["location"]
    parts = urlsplit(back)
    assert parts.path == reverse("networks:callback", args=["linkedin"])
    return pia.get(f"{parts.path}?{parts.query}", follow=True)


def test_signing_in_connects_for_sixty_days(world: World, linkedin: LinkedIn, as_member: AsMember) -> None:
    an_app(world.fjordkraft.pk)
    made = linkedin.person("Pia Hansen")
    page = go(as_member(world.pia), linkedin)
    assert "Pia Hansen" in page.content.decode()
    account = Account.objects.get(member=world.pia)
    assert (account.remote_id, account.handle, account.sign_in) == (made["sub"], "Pia Hansen", "oauth")
    assert timedelta(days=59) < account.expires_at - timezone.now() < timedelta(days=60)
    assert set(account.scopes.split(",")) == set(SCOPES)
    assert tokens.read(account).access not in str(bytes(account.secret_sealed))


def test_the_vetted_product_asks_for_more(world: World, linkedin: LinkedIn, as_member: AsMember) -> None:
    linkedin.set(vetted=True)
    linkedin.person("Pia Hansen")
    an_app(world.fjordkraft.pk, analytics="1")
    go(as_member(world.pia), linkedin)
    assert set(Account.objects.get().scopes.split(",")) == {*SCOPES, *VETTED}


def test_no_verifier_is_sent(world: World, linkedin: LinkedIn, as_member: AsMember) -> None:
    an_app(world.fjordkraft.pk)
    url = as_member(world.pia).get(reverse("networks:connect", args=["linkedin"])).context["url"]
    asked = parse_qs(urlsplit(url).query)
    assert asked["scope"] == [" ".join(SCOPES)]
    assert not [name for name in asked if name.startswith("code_challenge")]


def test_a_token_that_is_not_known_everywhere_yet_still_connects(
    world: World, linkedin: LinkedIn, as_member: AsMember
) -> None:
    an_app(world.fjordkraft.pk)
    linkedin.person("Pia Hansen")
    linkedin.set(fresh_seconds=0.15)
    go(as_member(world.pia), linkedin)
    assert Account.objects.get().needs_reconnect_since is None


@pytest.mark.parametrize(
    ("double", "app"),
    [({"consents": False}, {}), ({}, {"analytics": "1"}), ({"client_secret": "another"}, {})],
)
def test_nothing_is_connected_when_linkedin_or_the_person_says_no(
    world: World, linkedin: LinkedIn, as_member: AsMember, double: dict, app: dict
) -> None:
    an_app(world.fjordkraft.pk, **app)
    linkedin.person("Pia Hansen")
    linkedin.set(**double)
    page = go(as_member(world.pia), linkedin)
    assert page.status_code == 200
    assert not Account.objects.exists()


def test_without_an_app_there_is_nothing_to_connect(world: World, as_member: AsMember) -> None:
    assert as_member(world.pia).get(reverse("networks:connect", args=["linkedin"])).status_code == 404
