"""What the composer says when Genlyd is connected and still cannot post this one itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from genlyd.networks.models import NetworkApp
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.hindrance import hindrance
from genlyd.sharing.models import Draft
from tests.sharing.makers import WORDS, a_picture, a_story, an_account
from tests.world import World

REACHABLE = "https://genlyd.fjordkraft.example"


@pytest.fixture
def page(world: World, as_member) -> Callable[..., str]:
    """The composer as Pia sees it, connected to the network."""

    def asked(network: str, *, picture: object = None) -> str:
        NetworkApp.objects.create(organisation=world.fjordkraft, network=network, client_id="1", enabled=True)
        an_account(world.pia, network=network, sign_in="oauth")
        story = a_story(world)
        Draft.objects.create(
            organisation=world.fjordkraft, member=world.pia, story=story, network=network, text=WORDS,
            picture=picture,
        )  # fmt: skip
        client: Client = as_member(world.pia)
        return client.get(f"/share/story/{story.pk}/").content.decode()

    return asked


def test_instagram_asks_for_a_picture_and_says_what_becomes_of_the_link(page) -> None:
    shown = page("instagram")
    assert "Instagram takes no post without a picture" in shown
    assert "Nobody can tap a link on Instagram" in shown
    assert 'value="post"' not in shown
    assert 'value="hand_over"' in shown


def test_a_picture_for_an_installation_that_nobody_can_reach_goes_by_hand(page, world: World) -> None:
    shown = page("threads", picture=a_picture(world))
    assert "cannot reach your Genlyd from outside. Post it yourself, or without the picture." in shown
    assert 'value="post"' not in shown


def test_words_alone_need_nobody_to_reach_us(page) -> None:
    shown = page("threads")
    assert 'value="post"' in shown
    assert "Nobody can tap" not in shown


def test_with_a_picture_and_an_address_genlyd_posts_it(page, world: World, settings) -> None:
    settings.URL = REACHABLE
    assert 'value="post"' in page("instagram", picture=a_picture(world))


def test_a_picture_of_another_shape_is_told_before_it_is_sent(world: World, settings) -> None:
    settings.URL = REACHABLE
    picture = a_picture(world)
    picture.width, picture.height = 600, 1200
    assert "too long or too wide" in hindrance(NETWORKS["instagram"], picture)
    assert hindrance(NETWORKS["threads"], picture) == ""
    assert hindrance(NETWORKS["bluesky"], picture) == ""
