from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.content.models import FeedItem, Story
from tests.content.cast import a_feed, an_item
from tests.world import World

AskAs = Callable[..., Client]
REVIEW, DECIDE = "/stories/review/", "/stories/review/decide/"
HTMX = {"HX-Request": "true"}


def test_what_a_feed_brought_is_seen_by_editors_only(world: World, as_member: AskAs) -> None:
    an_item(a_feed(world.erik), "A new turbine", summary="It turns.")
    assert "A new turbine" in as_member(world.erik).get(REVIEW).content.decode()
    assert as_member(world.pia).get(REVIEW).status_code == 404
    assert "A new turbine" not in as_member(world.oda).get(REVIEW).content.decode()
    assert "A new turbine" not in as_member(world.pia).get("/stories/").content.decode()


def test_taken_item_becomes_a_prefilled_draft_once(world: World, as_member: AskAs) -> None:
    item = an_item(a_feed(world.erik), "A new turbine " * 30, summary="It turns.", url="https://x.example/a")
    erik = as_member(world.erik)
    for _ in range(2):
        answer = erik.post(DECIDE, {"deed": f"take:{item.pk}"})
    story = Story.objects.get()
    assert answer.headers["Location"] == reverse("content:edit", args=[story.pk])
    assert len(story.sentence) <= 240
    assert (story.why, story.url, story.source, story.state) == (
        "It turns.",
        "https://x.example/a",
        item,
        "draft",
    )
    assert (story.period, story.language, story.angles.count()) == (world.period, "da", 3)
    item.refresh_from_db()
    assert (item.state, item.decided_by) == ("taken", world.erik)


def test_skipped_item_comes_back_with_undo(world: World, as_member: AskAs) -> None:
    item = an_item(a_feed(world.erik))
    erik = as_member(world.erik)
    row = erik.post(DECIDE, {"deed": f"skip:{item.pk}"}, headers=HTMX).content.decode()
    assert "Undo" in row
    item.refresh_from_db()
    assert item.state == "skipped"
    row = erik.post(DECIDE, {"deed": f"restore:{item.pk}"}, headers=HTMX).content.decode()
    assert "Make a story" in row
    item.refresh_from_db()
    assert (item.state, item.decided_by) == ("new", None)


def test_many_are_skipped_at_once_and_brought_back_without_javascript(world: World, as_member: AskAs) -> None:
    feed = a_feed(world.erik)
    items = [an_item(feed, f"Item {number}") for number in range(3)]
    theirs = an_item(a_feed(world.oda), "Havblik's")
    erik = as_member(world.erik)
    chosen = [items[0].pk, items[2].pk, theirs.pk]
    answer = erik.post(DECIDE, {"deed": "skip", "item": chosen}, follow=True)
    page = answer.content.decode()
    assert "2 were skipped." in page
    assert FeedItem.objects.filter(state="skipped").count() == 2
    theirs.refresh_from_db()
    assert theirs.state == "new"
    erik.post(DECIDE, {"deed": "restore", "item": [items[0].pk, items[2].pk]})
    assert FeedItem.objects.filter(state="new").count() == 4


def test_undo_of_taking_removes_the_draft_but_never_a_published_story(world: World, as_member: AskAs) -> None:
    item = an_item(a_feed(world.erik))
    erik = as_member(world.erik)
    erik.post(DECIDE, {"deed": f"take:{item.pk}"})
    erik.post(DECIDE, {"deed": f"restore:{item.pk}"})
    assert not Story.objects.exists()
    erik.post(DECIDE, {"deed": f"take:{item.pk}"})
    Story.objects.update(published_at=timezone.now())
    page = erik.post(DECIDE, {"deed": f"restore:{item.pk}"}, follow=True).content.decode()
    assert "The story made of it is already out." in page
    assert Story.objects.exists()


def test_nonsense_is_answered(world: World, as_member: AskAs) -> None:
    item = an_item(a_feed(world.erik))
    erik = as_member(world.erik)
    assert "Choose something first." in erik.post(DECIDE, {"deed": "skip"}, follow=True).content.decode()
    assert erik.post(DECIDE, {"deed": f"burn:{item.pk}"}).status_code == 404
    assert erik.post(DECIDE, {"deed": "take:999999"}).status_code == 404
    assert erik.post(DECIDE, {"deed": "take:x"}).status_code == 404
    assert as_member(world.oda).post(DECIDE, {"deed": f"take:{item.pk}"}).status_code == 404
    assert as_member(world.pia).post(DECIDE, {"deed": f"take:{item.pk}"}).status_code == 404
    assert erik.get(DECIDE).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_review_asks_the_same_number_of_queries(
    world: World, as_member: AskAs, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        an_item(a_feed(world.erik, url=f"https://{number}.example/"), f"Item {number}")
    erik = as_member(world.erik)
    erik.get(REVIEW)
    # session, user, member, roles; feeds, count, items
    with django_assert_num_queries(7):
        erik.get(REVIEW)
