"""From a delivery to a post on Instagram, and back from every doubt: counted on the double, not by calls made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from genlyd.networks.domain.figures import Metric
from genlyd.networks.domain.outcome import Failed, Sight
from genlyd.networks.instagram import INSTAGRAM
from genlyd.networks.models import Account
from genlyd.sharing.actions import parcel
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.reconcile import reconcile
from genlyd.sharing.models import Delivery
from tests.servers.instagram.server import InstagramServer
from tests.sharing.makers import WORDS, a_picture, a_share, a_story, make_due
from tests.world import World

RESTRICTED = {"error": {"message": "We restrict certain activity", "code": 4, "error_subcode": 2207051}}


@pytest.fixture(autouse=True)
def pictures(instagram: InstagramServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "public_url", lambda _media: f"{instagram.url}/_double/picture.jpg")


def a_delivery(world: World, account: Account, **fields: Any) -> Delivery:
    if "picture" not in fields:
        fields["picture"] = a_picture(world)
    share = a_share(world.pia, a_story(world), network="instagram", account=account, **fields)
    return share.deliveries.get()


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_a_picture_with_its_words_arrives_once(world: World, instagram: InstagramServer) -> None:
    account = instagram.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    for worker in ("w", "another"):
        deliver(delivery.pk, worker=worker)
    assert state_of(delivery) == "published"
    [post] = instagram.held(account)
    # Nobody can tap it there; it is what the post is known by.
    assert post["caption"] == f"{WORDS}\n\n{delivery.share.link.url}"
    assert (post["alt_text"], post["picture"] > 0) == ("En vinge over havnen", True)
    assert delivery.permalink == f"https://www.instagram.com/p/C{post['id']}/"


@pytest.mark.parametrize("after", [True, False])
def test_a_failure_may_lie_so_it_is_looked_at(world: World, instagram: InstagramServer, after: bool) -> None:  # noqa: FBT001
    account = instagram.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    instagram.wrong("/media_publish", 400, RESTRICTED, after=after)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "unknown"
    assert len(instagram.posts(account)) == after
    reconcile(make_due(delivery).pk, worker="w")
    assert state_of(delivery) == ("published" if after else "ready")
    deliver(make_due(delivery).pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(instagram.posts(account)) == 1


@pytest.mark.parametrize("spoil", [{"older_by": 90_000}, {"error": "2207032"}])
def test_a_container_that_is_spent_is_made_anew(
    world: World, instagram: InstagramServer, spoil: dict[str, Any]
) -> None:
    account = instagram.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    instagram.wrong("/media_publish", 500, "down")
    deliver(delivery.pk, worker="w")
    state_of(delivery)
    instagram.ask(f"containers/{delivery.dedup_key}", spoil)
    assert INSTAGRAM.publisher
    now = timezone.now()
    look = INSTAGRAM.publisher.look(account, delivery.request_body, since=now - timedelta(minutes=1), now=now)
    assert (look.sight, look.prepare_again) == (Sight.ABSENT, True)
    reconcile(make_due(delivery).pk, worker="w")
    deliver(make_due(delivery).pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(instagram.posts(account)) == 1


def test_without_a_picture_nothing_is_made(world: World, instagram: InstagramServer) -> None:
    delivery = a_delivery(world, instagram.account(world.pia, "pia"), picture=None)
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", "picture_missing")
    assert instagram.ask("seen")["containers"] == {}


def test_a_picture_of_the_wrong_shape_is_refused_before_it_is_offered(
    world: World, instagram: InstagramServer
) -> None:
    picture = a_picture(world)
    picture.width, picture.height = 1000, 200
    picture.save()
    delivery = a_delivery(world, instagram.account(world.pia, "pia"), picture=picture)
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", "picture_shape")


def test_a_picture_that_breaks_on_the_way_is_told_by_its_reason(
    world: World, instagram: InstagramServer
) -> None:
    account = instagram.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    said = {"id": "1", "status_code": "ERROR", "status": "Error: failed with error code 2207009"}
    instagram.wrong(str(int(account.remote_id) + 1), 200, said)
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", "picture_shape")


def test_figures_that_are_not_there_yet_are_missing_and_not_nought(
    world: World, instagram: InstagramServer
) -> None:
    account = instagram.account(world.pia, "pia", followers=812)
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    state_of(delivery)
    assert INSTAGRAM.reader
    assert INSTAGRAM.reader.read(account, [delivery.remote_id]) == {delivery.remote_id: {}}
    instagram.ask(f"metrics/{delivery.remote_id}", {"views": 300, "reach": 210, "likes": 0})
    assert INSTAGRAM.reader.read(account, [delivery.remote_id]) == {
        delivery.remote_id: {Metric.IMPRESSIONS: 300, Metric.REACHED: 210, Metric.REACTIONS: 0}
    }
    assert INSTAGRAM.reader.followers(account) == 812
    instagram.revoke(account)
    with pytest.raises(Failed):
        INSTAGRAM.reader.followers(account)
