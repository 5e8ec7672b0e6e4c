from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from genlyd.home.demo import PARTS
from genlyd.home.demo_news import NEWS
from genlyd.people.models import Member, Organisation, User
from tests.world import World


@pytest.fixture
def freja(db: None, settings: LazySettings) -> Member:
    settings.DEMO = True
    organisation = Organisation.objects.create(name="Nordvang Energi", is_demo=True)
    email = PARTS[0].email
    return Member.objects.create(
        organisation=organisation,
        name="Freja Lund Overgaard",
        email=email,
        user=User.objects.create(email=email),
    )


def test_one_click_and_you_are_freja(client: Client, freja: Member) -> None:
    page = client.get(reverse("demo:pick"))
    assert page.status_code == 200
    assert "Freja Lund Overgaard" in page.content.decode()
    answer = client.post(reverse("demo:pick"), {"part": "participant"})
    assert answer.status_code == 302
    assert int(client.session["_auth_user_id"]) == freja.user_id


@pytest.mark.parametrize("part", ["lead", "nobody", ""])
def test_nobody_becomes_somebody_who_is_not_there(client: Client, freja: Member, part: str) -> None:
    assert client.post(reverse("demo:pick"), {"part": part}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("name", ["pick", "feed"])
def test_outside_a_demonstration_there_is_no_such_page(client: Client, world: World, name: str) -> None:
    assert client.get(reverse(f"demo:{name}")).status_code == 404
    assert client.post(reverse("demo:pick"), {"part": "participant"}).status_code == 404


def test_people_of_a_real_organisation_cannot_be_picked(
    client: Client, settings: LazySettings, world: World
) -> None:
    settings.DEMO = True
    Member.objects.filter(pk=world.pia.pk).update(email=PARTS[0].email)
    assert client.post(reverse("demo:pick"), {"part": "participant"}).status_code == 404


def test_the_feed_is_rss_and_its_items_exist(client: Client, freja: Member) -> None:
    answer = client.get(reverse("demo:feed"))
    assert answer["Content-Type"].startswith("application/rss+xml")
    items = ET.fromstring(answer.content).findall("channel/item")
    assert len(items) == len(NEWS)
    for news in NEWS:
        address = reverse("demo:news", args=[news.slug])
        assert news.title in client.get(address).content.decode()
        assert client.head(address).status_code == 200  # as who looks after links asks first
    assert client.get(reverse("demo:news", args=["nothing"])).status_code == 404
