"""My posts, the hand-over and what one says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.links.models import LinkDay
from genlyd.sharing.dispatch import take
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.queries import awaiting_confirmation, my_shares, posts
from genlyd.sharing.words import standing
from tests.sharing.makers import WORDS, a_delivery, a_picture, a_share, a_story, an_account
from tests.world import World

AsMember = Callable[..., Client]


@pytest.fixture(autouse=True)
def no_rules(world: World) -> None:
    from genlyd.rules.models import Rule
    from genlyd.rules.queries import rules_of

    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)


def deed(share: Share, name: str) -> str:
    return reverse(f"sharing:{name}", args=[share.pk])


def in_state(world: World, state: State, **fields: object) -> Delivery:
    account = an_account(world.pia)
    delivery = a_delivery(world.pia, a_story(world), account, planned_at=timezone.now() + timedelta(hours=2))
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
    delivery.refresh_from_db()
    return delivery


def test_the_hand_over_offers_words_link_and_question(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world), picture=a_picture(world))
    page = as_member(world.pia).get(deed(share, "hand_over")).content.decode()
    assert WORDS in page
    assert share.link.url in page
    assert 'href="https://www.linkedin.com/feed/"' in page
    assert 'data-link=""' in page
    assert "Save the picture" in page
    assert "Did you post it?" in page


def test_a_link_that_is_not_in_the_text_goes_along_on_the_phone(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    page = as_member(world.pia).get(deed(share, "hand_over")).content.decode()
    assert f'data-link="{share.link.url}"' in page
    assert "share-offsite" in page


def test_yes_counts_it_and_keeps_its_address(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    assert [post.share for post in awaiting_confirmation(world.pia)] == [share]
    url = "https://www.linkedin.com/feed/update/urn:li:share:7/"
    as_member(world.pia).post(deed(share, "answer"), {"answer": "yes", "permalink": url})
    share.refresh_from_db()
    share.link.refresh_from_db()
    assert (share.confirmed_by_api, share.permalink, share.link.published_at) == (
        False,
        url,
        share.confirmed_at,
    )
    assert awaiting_confirmation(world.pia) == []
    # Saying it twice changes nothing.
    first = share.confirmed_at
    as_member(world.pia).post(deed(share, "answer"), {"answer": "yes"})
    share.refresh_from_db()
    assert share.confirmed_at == first


def test_an_address_of_somewhere_else_is_not_taken(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    answer = as_member(world.pia).post(
        deed(share, "answer"), {"answer": "yes", "permalink": "https://evil.example/linkedin.com/1"}
    )
    share.refresh_from_db()
    assert (answer.status_code, share.confirmed_at) == (422, None)


def test_no_is_counted_nowhere(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    as_member(world.pia).post(deed(share, "answer"), {"answer": "no"})
    share.refresh_from_db()
    assert (share.confirmed_at, share.cancelled_at is not None) == (None, True)
    assert awaiting_confirmation(world.pia) == []


def test_a_planned_hand_over_asks_only_when_its_time_has_come(world: World) -> None:
    share = a_share(world.pia, a_story(world), planned_at=timezone.now() + timedelta(hours=3))
    assert awaiting_confirmation(world.pia) == []
    Share.objects.filter(pk=share.pk).update(planned_at=timezone.now())
    assert len(awaiting_confirmation(world.pia)) == 1


def test_an_unsure_post_is_never_called_failed_and_asks_with_two_buttons(
    world: World, as_member: AsMember
) -> None:
    delivery = in_state(world, State.ASK_PERSON, problem="unconfirmed")
    page = as_member(world.pia).get(reverse("sharing:mine")).content.decode()
    assert "We could not confirm this post. It may be there." in page
    assert "It is there" in page
    assert "It is not there: post it now" in page
    assert "ailed" not in page
    as_member(world.pia).post(deed(delivery.share, "answer"), {"answer": "no"})
    delivery.refresh_from_db()
    assert delivery.state == "due"
    assert take(1, worker="w", now=timezone.now()) == [delivery.pk]


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN, State.RECONCILING, State.ASK_PERSON])
def test_what_may_have_left_cannot_be_called_off(world: World, as_member: AsMember, state: State) -> None:
    leased = {"lease_owner": "w", "lease_until": timezone.now(), "request_body": {}, "dedup_key": "k"}
    delivery = in_state(world, state, **leased)
    as_member(world.pia).post(deed(delivery.share, "cancel"))
    delivery.refresh_from_db()
    delivery.share.refresh_from_db()
    assert (delivery.state, delivery.share.cancelled_at) == (state, None)
    as_member(world.pia).post(deed(delivery.share, "edit"), {"text": "Andre ord"})
    delivery.share.refresh_from_db()
    assert delivery.share.text == WORDS


def test_a_planned_post_is_called_off_and_changed(world: World, as_member: AsMember) -> None:
    delivery, pia = in_state(world, State.SCHEDULED), as_member(world.pia)
    later = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT09:00")
    pia.post(
        deed(delivery.share, "edit"), {"text": "Jeg, hos Fjordkraft, med andre ord.", "planned_at": later}
    )
    newest = delivery.share.deliveries.get(version=2)
    delivery.refresh_from_db()
    assert (delivery.state, newest.state) == ("cancelled", "scheduled")
    pia.post(deed(delivery.share, "cancel"))
    newest.refresh_from_db()
    assert newest.state == "cancelled"
    assert b"Called off" in pia.get(reverse("sharing:mine")).content


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_words(world: World, state: State) -> None:
    share = Share(text="x", network="bluesky")
    assert standing(
        share, Delivery(state=state, problem="busy", due_at=share.planned_at), now=timezone.now()
    ).label


def test_clicks_are_shown_when_they_were_measured(world: World, as_member: AsMember) -> None:
    share = a_share(world.pia, a_story(world))
    as_member(world.pia).post(deed(share, "answer"), {"answer": "yes"})
    assert posts(my_shares(world.pia))[0].clicks is None
    LinkDay.objects.create(
        organisation_id=share.organisation_id, link_id=share.link_id, day=timezone.now().date(), clicks=9,
        unique_clicks=7, human_clicks=5,
    )  # fmt: skip
    assert posts(my_shares(world.pia))[0].clicks == 5
    assert b"<dd>5</dd>" in as_member(world.pia).get(reverse("sharing:mine")).content


@pytest.mark.parametrize("who", ["lene", "alma", "erik", "poul", "oda"])
@pytest.mark.parametrize("name", ["hand_over", "confirm", "edit", "answer", "cancel", "delete"])
def test_a_post_belongs_to_its_writer_alone(world: World, as_member: AsMember, who: str, name: str) -> None:
    share = a_share(world.pia, a_story(world))
    client = as_member(getattr(world, who))
    assert client.post(deed(share, name)).status_code in {404, 405}
    assert client.get(deed(share, name)).status_code in {404, 405}
    assert WORDS not in client.get(reverse("sharing:mine")).content.decode()


def test_one_finds_ones_posts_again(world: World, as_member: AsMember) -> None:
    story = a_story(world)
    a_share(world.pia, story, text="Hos Fjordkraft så jeg en hvalros.")
    a_share(world.pia, story)
    page = as_member(world.pia).get(reverse("sharing:mine"), {"q": "HVALROS"}).content.decode()
    assert page.count('class="my-post"') == 1
    nothing = as_member(world.pia).get(reverse("sharing:mine"), {"q": "isbjørn"}).content.decode()
    assert "Nothing found" in nothing


def test_nothing_yet_says_what_to_do(world: World, as_member: AsMember) -> None:
    assert b"Nothing told yet" in as_member(world.pia).get(reverse("sharing:mine")).content


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_grow(
    world: World, as_member: AsMember, django_assert_num_queries, rows: int
) -> None:
    story, account = a_story(world), an_account(world.pia)
    for number in range(rows):
        a_share(world.pia, story, text=f"{WORDS} {number}")
        a_delivery(world.pia, story, account, text=f"{WORDS} igen {number}")
    pia = as_member(world.pia)
    pia.get(reverse("sharing:mine"))
    with django_assert_num_queries(11):
        pia.get(reverse("sharing:mine"))


def test_pages_come_twenty_at_a_time(world: World, as_member: AsMember) -> None:
    story = a_story(world)
    for number in range(23):
        a_share(world.pia, story, text=f"{WORDS} {number}")
    pia = as_member(world.pia)
    assert pia.get(reverse("sharing:mine")).content.count(b'class="my-post"') == 20
    assert pia.get(reverse("sharing:mine"), {"page": "2"}).content.count(b'class="my-post"') == 3
