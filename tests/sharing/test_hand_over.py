"""The way out without an API: what the page gives along, and what it makes of the address one pastes afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.networks.registry import NETWORKS, REAL
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing.models import Share
from genlyd.sharing.notices import remind
from tests.sharing.makers import WORDS, a_picture, a_share, a_story
from tests.world import World

AsMember = Callable[..., Client]
POST = "https://www.linkedin.com/posts/pia_vind-activity-7186021741909942272-SxDT"


@pytest.fixture(autouse=True)
def no_rules(world: World) -> None:
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)


def page_of(client: Client, share: Share) -> str:
    return client.get(reverse("sharing:hand_over", args=[share.pk])).content.decode()


def says(client: Client, share: Share, permalink: str) -> str:
    address = reverse("sharing:answer", args=[share.pk])
    return client.post(address, {"answer": "yes", "permalink": permalink}, follow=True).content.decode()


@pytest.mark.parametrize("key", REAL)
def test_every_network_has_a_page_that_says_what_to_do(world: World, as_member: AsMember, key: str) -> None:
    share = a_share(world.pia, a_story(world), network=key, picture=a_picture(world))
    page = page_of(as_member(world.pia), share)
    assert WORDS in page
    assert share.link.url in page
    asks_where = 'name="permalink"' in page
    assert asks_where is NETWORKS[key].permalinks
    assert ("Save the picture" in page) is (key != "signature")
    assert ("Copy the signature" in page) is (key == "signature")


def test_the_picture_comes_with_its_description(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world), picture=a_picture(world, alt="En vinge over havnen"))
    page = page_of(as_member(world.pia), share)
    assert '<span class="own-words" id="alt" lang="da">En vinge over havnen</span>' in page
    assert "Copy the description" in page


def test_the_post_is_known_by_the_address_that_the_person_gives(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    says(as_member(world.pia), share, f"{POST}?utm_source=share&utm_medium=member_desktop")
    share.refresh_from_db()
    assert (share.permalink, share.remote_id) == (POST, "urn:li:activity:7186021741909942272")
    assert share.confirmed_by_api is False


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "https://www.linkedin.com/in/pia-holm/",
            "This is the address of a profile on LinkedIn, not of the post.",
        ),
        ("https://www.linkedin.com/feed/", "This is what you see when you open LinkedIn, not the post."),
        ("https://x.com/pia/status/1", "This address is not on LinkedIn."),
        (
            "https://www.linkedin.com/jobs/view/1",
            "We do not recognise this as the address of a post on LinkedIn.",
        ),
    ],
)
def test_an_address_that_is_not_the_post_is_named_kindly(
    world: World, as_member: AsMember, address: str, words: str
) -> None:
    share = a_share(world.pia, a_story(world))
    page = says(as_member(world.pia), share, address)
    assert words in page
    assert "Or leave the field empty." in page
    share.refresh_from_db()
    assert share.confirmed_at is None


def test_one_post_counts_once_however_often_it_is_told(world: World, as_member: AsMember) -> None:
    for member, text in ((world.pia, WORDS), (world.poul, f"{WORDS} Også.")):
        says(as_member(member), a_share(member, a_story(world), text=text), POST)
    assert Share.objects.filter(confirmed_at__isnull=False).count() == 1
    again = a_share(world.pia, a_story(world), text=f"{WORDS} Igen.")
    assert "Somebody has told of this post before" in says(as_member(world.pia), again, POST)


def test_without_an_address_a_yes_is_enough(world: World, as_member: AsMember) -> None:
    for number in range(2):
        says(as_member(world.pia), a_share(world.pia, a_story(world), text=f"{WORDS} {number}"), "")
    assert Share.objects.filter(confirmed_at__isnull=False, remote_id="").count() == 2


def test_a_planned_one_can_be_changed_and_is_reminded_of_at_its_new_time(
    world: World, as_member: AsMember
) -> None:
    soon, later = timezone.now() + timedelta(hours=2), timezone.now() + timedelta(days=2)
    share = a_share(world.pia, a_story(world), planned_at=soon)
    client = as_member(world.pia)
    assert "Change words or time" in client.get(reverse("sharing:mine")).content.decode()
    client.post(
        reverse("sharing:edit", args=[share.pk]),
        {"text": f"{WORDS} Senere.", "planned_at": later.strftime("%Y-%m-%dT%H:%M")},
    )
    share.refresh_from_db()
    assert share.planned_at > soon
    jobs = ProcrastinateJob.objects.filter(task_name="genlyd.sharing.tasks.remind")
    assert [job.scheduled_at.date() for job in jobs.order_by("scheduled_at")] == [
        soon.date(),
        share.planned_at.date(),
    ]
    # The first job is still there, and has nothing to say.
    remind(share.pk)
    assert mail.outbox == []


def test_today_tells_what_is_due_from_what_was_taken_along(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    client = as_member(world.pia)
    assert "Now is the time to put it up on LinkedIn" in client.get("/").content.decode()
    page_of(client, share)
    share.refresh_from_db()
    assert share.opened_at
    assert "Now is the time" not in client.get("/").content.decode()
