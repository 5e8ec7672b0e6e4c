from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.content.models import Feed, FeedItem, Story
from genlyd.people.models import Organisation
from genlyd.plan.actions import add_line
from genlyd.programmes.models import Period
from genlyd.rules.actions import draft_guideline, publish_guideline
from genlyd.sharing.models import Draft, Share
from tests.world import World, a_member

As = Callable[[Any], Client]
URL = "/"


def a_story(house: Organisation, sentence: str = "A tower rises", **given: Any) -> Story:
    now = timezone.now()
    values = {"language": "en", "published_at": now, "not_before": now - timedelta(hours=1), **given}
    return Story.objects.create(organisation=house, sentence=sentence, **values)


def text_of(client: Client) -> str:
    answer = client.get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


def test_today_is_for_members(world: World, as_member: As) -> None:
    assert as_member(None).get(URL).status_code == 302
    assert as_member(world.pia).post(URL).status_code == 405
    for member in (world.pia, world.erik, world.lene, world.alma, world.oda):
        assert as_member(member).get(URL).status_code == 200


def test_today_says_the_periods_sentence(world: World, as_member: As) -> None:
    Period.objects.filter(pk=world.period.pk).update(goal="Forty new technicians")
    assert "Forty new technicians" in text_of(as_member(world.pia))
    assert "Forty new technicians" not in text_of(as_member(world.oda))


def test_today_offers_what_is_meant_for_me(world: World, as_member: As) -> None:
    a_story(world.fjordkraft)
    a_story(world.fjordkraft, "Only the wind people", audience_ids=[world.wind.pk])
    a_story(world.fjordkraft, "Not yet", not_before=timezone.now() + timedelta(days=1))
    a_story(world.havblik, "Another house")
    elsewhere = a_member(world.fjordkraft, "Nora")
    pia, nora = text_of(as_member(world.pia)), text_of(as_member(elsewhere))
    assert "A tower rises" in pia
    assert "Only the wind people" in pia
    assert "Only the wind people" not in nora
    assert "Not yet" not in pia
    assert "Another house" not in pia


def test_today_leaves_out_what_i_have_shared(world: World, as_member: As) -> None:
    story = a_story(world.fjordkraft)
    Share.objects.create(
        organisation=world.fjordkraft, member=world.pia, story=story, network="linkedin", way="hand_over", text="Wow",
        planned_at=timezone.now() - timedelta(minutes=5),
    )  # fmt: skip
    assert [offer.story for offer in as_member(world.pia).get(URL).context["today"].offers] == []
    assert "Did it go out?" in text_of(as_member(world.pia))
    assert "Did it go out?" not in text_of(as_member(world.poul))


def test_drafts_and_results_are_private(world: World, as_member: As) -> None:
    story = a_story(world.fjordkraft)
    Draft.objects.create(
        organisation=world.fjordkraft,
        member=world.pia,
        story=story,
        network="linkedin",
        text="My frozen hands",
    )
    Share.objects.create(
        organisation=world.fjordkraft, member=world.pia, story=story, network="linkedin", way="hand_over",
        text="What I saw up there", confirmed_at=timezone.now(), confirmed_by_api=False,
    )  # fmt: skip
    mine = text_of(as_member(world.pia))
    assert "My frozen hands" in mine
    assert "What I saw up there" in mine
    for other in (world.poul, world.lene, world.alma):
        text = text_of(as_member(other))
        assert "frozen hands" not in text
        assert "What I saw" not in text


def test_guideline_asks_to_be_read(world: World, as_member: As) -> None:
    publish_guideline(draft_guideline(text="Be kind", by=world.lene), by=world.lene)
    assert "There are guidelines to read" in text_of(as_member(world.pia))
    assert "There are guidelines to read" not in text_of(as_member(world.oda))


def test_duties_of_the_responsible_and_the_editor(world: World, as_member: As) -> None:
    add_line(
        world.period, title="Film the mast", due_on=date(2026, 1, 5), responsible=world.pia, by=world.lene
    )
    feed = Feed.objects.create(organisation=world.fjordkraft, url="https://a.example/feed")
    FeedItem.objects.create(organisation=world.fjordkraft, feed=feed, guid="1", title="News")
    assert "Film the mast" in text_of(as_member(world.pia))
    assert "1 piece of news to read" not in text_of(as_member(world.pia))
    assert "1 piece of news to read" in text_of(as_member(world.erik))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_today(world: World, as_member: As, django_assert_num_queries: Any, rows: int) -> None:
    for number in range(rows):
        a_story(world.fjordkraft, f"Story {number}", period=world.period, audience_ids=[world.wind.pk])
        drafted = a_story(world.fjordkraft, f"Drafted {number}")
        Draft.objects.create(
            organisation=world.fjordkraft, member=world.pia, story=drafted, network="linkedin", text="x"
        )
        Share.objects.create(
            organisation=world.fjordkraft, member=world.pia, story=drafted, network="linkedin", way="hand_over",
            text="Wow", planned_at=timezone.now() - timedelta(minutes=5),
        )  # fmt: skip
        add_line(
            world.period,
            title=f"Line {number}",
            due_on=date(2026, 1, 5),
            responsible=world.pia,
            by=world.lene,
        )
    client = as_member(world.pia)
    with django_assert_num_queries(15):
        client.get(URL)


def test_search_finds_stories_with_danish_endings(world: World, as_member: As) -> None:
    a_story(world.fjordkraft, "Teknikerne rejser møllerne", language="da")
    text = as_member(world.pia).get(reverse("home:search"), {"q": "mølle tekniker"}).content.decode()
    assert "Teknikerne rejser møllerne" in text


def test_search_shows_people_and_plans_only_to_those_who_lead(world: World, as_member: As) -> None:
    add_line(world.period, title="Poul films the mast", due_on=date(2026, 1, 5), by=world.lene)
    url = reverse("home:search")
    lead = as_member(world.lene).get(url, {"q": "poul"}).context["found"]
    assert ([member.first_name for member in lead.members], len(lead.lines)) == (["Poul"], 1)
    assert as_member(world.pia).get(url, {"q": "poul"}).context["found"].nothing
    assert as_member(world.oda).get(url, {"q": "poul"}).context["found"].nothing
    assert "Two letters" in as_member(world.pia).get(url, {"q": "p"}).content.decode()
    assert as_member(None).get(url).status_code == 302
