"""Practising: the same way as to a network, seen by nobody else, and counted by nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from genlyd.home.today import today_of
from genlyd.links.models import Link
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.queries.counts import counts_for
from genlyd.networks.models import Account, PracticePost
from genlyd.networks.registry import NETWORKS
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing import checks
from genlyd.sharing.actions.delete import carry_out
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.models import Draft, Share
from tests.sharing.makers import WORDS, a_picture, a_story
from tests.world import World

AsMember = Callable[..., Client]
PRACTICE = NETWORKS["practice"]
WALL = "/share/practice/"


@pytest.fixture(autouse=True)
def no_rules(world: World) -> None:
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)


def practises(world: World, text: str = WORDS, **fields: object) -> Share:
    story = fields.pop("story", None) or a_story(world)
    share = share_story(member=world.pia, story=story, network=PRACTICE, text=text, **fields)
    deliver(share.deliveries.get().pk, worker="w")
    share.refresh_from_db()
    return share


def compose(world: World, client: Client, story_id: int, **fields: str) -> object:
    sent = {"network": "linkedin", "text": WORDS, "picture": "none", "when": "now", **fields}
    return client.post(reverse("sharing:compose", args=[story_id]), sent)


def test_practising_takes_one_press_and_no_account(world: World, as_member: AsMember) -> None:
    story, client = a_story(world), as_member(world.pia)
    page = client.get(reverse("sharing:compose", args=[story.pk])).content.decode()
    assert "Practise first" in page
    answer = compose(world, client, story.pk, do="practise")
    assert answer.url == reverse("sharing:practice")
    share = Share.objects.get()
    assert (share.network, share.way) == ("practice", "api")
    assert "On its way" in client.get(answer.url).content.decode()
    deliver(share.deliveries.get().pk, worker="w")
    wall = client.get(answer.url).content.decode()
    assert WORDS in wall
    assert "Første mølle på plads" in wall
    # Whoever has done it once is not invited again, and what was written waits for the real one.
    page = client.get(reverse("sharing:compose", args=[story.pk]) + "?network=linkedin").content.decode()
    assert "Practise first" not in page
    assert WORDS in page


def test_a_practised_post_goes_the_whole_way_and_stands_once(world: World) -> None:
    share = practises(world)
    delivery = share.deliveries.get()
    assert (delivery.state, delivery.attempts.count()) == ("published", 1)
    again = PRACTICE.publisher.send(delivery.account, delivery.request_body)  # type: ignore[union-attr]
    assert again.remote_id == delivery.remote_id
    assert PracticePost.objects.count() == 1


def test_it_counts_in_no_figure_and_has_no_link(world: World) -> None:
    day = timezone.localdate() + timedelta(days=1)
    story = a_story(world)
    before = counts_for(DICTIONARY.values(), world.period, day)
    share = practises(world, story=story)
    assert (share.confirmed_at, share.period_id, share.link_id, share.followers) == (None, None, None, None)
    assert Link.objects.count() == 0
    assert counts_for(DICTIONARY.values(), world.period, day) == before
    assert checks.other_shares(world.pia, when=timezone.now()) == []
    # The story is still on offer to them, and nothing of theirs is said to have gone out.
    today = today_of(world.pia, now=timezone.now(), day=timezone.localdate())
    assert [offer.story.pk for offer in today.offers] == [share.story_id]
    assert today.last is None
    assert today.waiting == []


@pytest.mark.parametrize("counted", ["confirmed_at", "period", "link"])
def test_the_database_lets_no_practice_count(world: World, counted: str) -> None:
    share = practises(world)
    link = Link.objects.create(
        organisation=world.fjordkraft, slug="abc2345", target="https://fjordkraft.example/"
    )
    values = {"confirmed_at": timezone.now(), "period": world.period, "link": link}
    extra = {"confirmed_by_api": True} if counted == "confirmed_at" else {}
    with pytest.raises(IntegrityError, match="practice_counts_nowhere"), transaction.atomic():
        Share.objects.filter(pk=share.pk).update(**{counted: values[counted], **extra})


def test_nobody_else_sees_the_wall(world: World, as_member: AsMember) -> None:
    practises(world)
    for member in (world.poul, world.lene, world.alma, world.oda):
        assert WORDS not in as_member(member).get(WALL).content.decode()
    assert as_member(None).get(WALL).status_code == 302
    assert as_member(world.pia).post(WALL).status_code == 405


def test_it_can_be_planned_changed_and_taken_down(world: World, as_member: AsMember) -> None:
    client = as_member(world.pia)
    share = share_story(
        member=world.pia, story=a_story(world), network=PRACTICE, text=WORDS,
        planned_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    client.post(reverse("sharing:edit", args=[share.pk]), {"text": "Jeg prøver igen.", "planned_at": ""})
    deliver(share.deliveries.latest("version").pk, worker="w")
    assert "Jeg prøver igen." in client.get(WALL).content.decode()
    assert "On your practice wall" in client.get(reverse("sharing:mine")).content.decode()
    client.post(reverse("sharing:delete", args=[share.pk]))
    assert "Jeg prøver igen." not in client.get(WALL).content.decode()
    carry_out(share.deliveries.latest("version").pk)
    assert not PracticePost.objects.exists()


def test_the_practice_wall_is_not_among_my_networks(world: World, as_member: AsMember) -> None:
    practises(world)
    wall = Account.objects.get(network="practice")
    client = as_member(world.pia)
    assert "Practice" not in client.get(reverse("networks:accounts")).content.decode()
    assert client.post(reverse("networks:disconnect", args=[wall.pk])).status_code == 404


def test_a_story_that_suits_one_network_can_be_practised_too(world: World, as_member: AsMember) -> None:
    story = a_story(world, networks=["xing"])
    page = as_member(world.pia).get(reverse("sharing:compose", args=[story.pk])).content.decode()
    assert 'value="practice"' in page
    assert 'value="linkedin"' not in page


def test_the_draft_stays_for_the_real_one(world: World) -> None:
    story = a_story(world)
    Draft.objects.create(
        organisation=world.fjordkraft, member=world.pia, story=story, network="linkedin", text=WORDS
    )
    share_story(member=world.pia, story=story, network=PRACTICE, text=WORDS)
    assert Draft.objects.filter(story=story).exists()


def test_the_wall_asks_as_often_for_three_posts_as_for_one(world: World, as_member: AsMember) -> None:
    client, asked = as_member(world.pia), []
    for number in range(3):
        practises(world, f"{WORDS} {number}", picture=a_picture(world, alt=f"Vinge {number}"))
        with CaptureQueriesContext(connection) as queries:
            client.get(WALL)
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_an_empty_wall_says_how_to_begin(world: World, as_member: AsMember) -> None:
    assert "Nothing on the wall yet" in as_member(world.pia).get(WALL).content.decode()
