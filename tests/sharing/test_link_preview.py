"""What the link in a post tells networks that draw its preview."""

from __future__ import annotations

import pytest

from genlyd.networks.registry import NETWORKS
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.link_preview import preview_of
from genlyd.sharing.public_picture import lasting_url
from tests.sharing.makers import WORDS, a_picture, a_story
from tests.world import World

SAID = {
    "title": "Første mølle på plads", "description": "Esbjerg havn, mandag morgen.", "site": "fjordkraft.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def outside(settings) -> None:
    settings.URL = "https://genlyd.fjordkraft.example"


def test_link_of_a_post_tells_the_storys_words_and_picture(world: World) -> None:
    media = a_picture(world)
    story = a_story(world, picture=media)
    share = share_story(member=world.pia, story=story, network=NETWORKS["linkedin"], text=WORDS)
    assert share.link is not None
    assert share.link.preview == {**SAID, "image": lasting_url(media)}


def test_without_a_preview_or_picture_it_tells_what_there_is(world: World) -> None:
    assert preview_of(a_story(world)) == SAID
    assert preview_of(a_story(world, preview_title="")) == {}


def test_a_picture_that_cannot_be_fetched_here_is_left_to_the_target(world: World, settings) -> None:
    settings.URL = "http://localhost:8000"
    media = a_picture(world)
    assert preview_of(a_story(world, preview_picture=media)) == {}
    assert preview_of(a_story(world, preview_picture=media, preview_edited=True)) == SAID
