"""Posting to a server: what arrives is what was written, once, whatever breaks on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from mastodon import Mastodon

from genlyd.base import clock
from genlyd.networks import tokens
from genlyd.networks.domain.figures import GONE, Metric
from genlyd.networks.domain.outcome import Failed, Kind, Sight
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.actions.delete import ask_deletion, carry_out
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.reconcile import reconcile
from genlyd.sharing.models import Delivery
from tests.servers.fault_proxy import FaultProxy
from tests.servers.mastodon.server import MastodonServer
from tests.sharing.makers import WORDS, a_picture, a_share, a_story, make_due
from tests.world import World

MASTODON = NETWORKS["mastodon"]
assert MASTODON.publisher
assert MASTODON.reader
PUBLISHER, READER = MASTODON.publisher, MASTODON.reader


def a_delivery(world: World, account: Account, **fields: object) -> Delivery:
    story = fields.pop("story", None) or a_story(world)
    share = a_share(world.pia, story, network="mastodon", account=account, **fields)
    return share.deliveries.get()


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def looks_later(delivery: Delivery, **ahead: float) -> None:
    """Reconciles as if so much time had passed; attempts themselves are never changed."""
    at = timezone.now() + timedelta(**ahead)
    make_due(delivery)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "agreed", lambda: at)
        patch.setattr(clock, "now", lambda: at)
        reconcile(delivery.pk, worker="w")


def test_a_post_arrives_as_written_and_others_read_it_so(world: World, mastodon: MastodonServer) -> None:
    account = mastodon.account(world.pia, "writer")
    delivery = a_delivery(world, account, text=f"{WORDS} 🌬️ & <3")
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    link = delivery.share.link.url
    assert mastodon.posts(account) == [f"{WORDS} 🌬️ & <3\n\n{link}"]
    # Read back by somebody else's client.
    reader = Mastodon(access_token=tokens.read(account).access, api_base_url=mastodon.url)
    seen = reader.status(delivery.remote_id)
    assert (seen.visibility, seen.language) == ("public", "da")
    assert link in seen.content
    share = delivery.share
    share.refresh_from_db()
    assert share.confirmed_by_api is True
    assert share.permalink == seen.url
    assert share.permalink.startswith(mastodon.url)


def test_a_picture_arrives_with_its_description(world: World, mastodon: MastodonServer) -> None:
    account = mastodon.account(world.pia, "pictured")
    mastodon.slow_pictures(1)  # 202 first, 206 once, then ready
    delivery = a_delivery(world, account, picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    [status] = mastodon.statuses(account)
    [picture] = status["media_attachments"]
    assert picture["description"] == "En vinge over havnen"


def test_a_picture_too_large_for_this_server_is_said_before_it_is_sent(
    world: World, mastodon: MastodonServer
) -> None:
    account = mastodon.account(world.pia, "narrow")
    account.options = {"limits": {"picture_bytes": 100}}
    account.save()
    delivery = a_delivery(world, account, picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "rejected"
    assert delivery.problem == "picture_too_large"
    assert mastodon.posts(account) == []


def test_a_long_address_counts_as_the_server_counts_it(world: World, mastodon: MastodonServer) -> None:
    account = mastodon.account(world.pia, "long")
    address = "https://fjordkraft.example/" + "x" * 200
    text = f"Hos Fjordkraft: {address} " + "å" * 430
    [count] = MASTODON.counts(_message(text), account)
    assert count.fits
    delivery = a_delivery(world, account, text=text, story=a_story(world, url=""))
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"


def _message(text: str):
    from genlyd.networks.contract import Message

    return Message(text=text)


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "502_after"])
def test_an_unknown_outcome_is_settled_by_looking(
    world: World, mastodon: MastodonServer, proxy: FaultProxy, fault
) -> None:
    account = mastodon.account(world.pia, f"fault-{fault.replace('_', '-')}", through=proxy.url)
    delivery = a_delivery(world, account)
    proxy.once(fault, "/api/v1/statuses")
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "unknown"
    arrived = fault != "drop_before"
    assert len(mastodon.posts(account)) == arrived
    # The first request may still be under way at the server: nothing is concluded yet.
    make_due(delivery)
    reconcile(delivery.pk, worker="w")
    assert state_of(delivery) == "unknown"
    looks_later(delivery, minutes=3)
    assert state_of(delivery) == ("published" if arrived else "ready")
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(mastodon.posts(account)) == 1


def test_repeating_with_the_same_key_is_the_same_post(world: World, mastodon: MastodonServer) -> None:
    account = mastodon.account(world.pia, "repeats")
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    delivery.refresh_from_db()
    again = PUBLISHER.send(account, delivery.request_body)
    assert (again.kind, again.remote_id) == (Kind.PUBLISHED, delivery.remote_id)
    assert len(mastodon.posts(account)) == 1


def test_after_the_key_has_aged_only_the_person_can_tell(
    world: World, mastodon: MastodonServer, proxy: FaultProxy
) -> None:
    account = mastodon.account(world.pia, "aged", through=proxy.url)
    delivery = a_delivery(world, account)
    proxy.once("drop_before", "/api/v1/statuses")
    deliver(delivery.pk, worker="w")
    mastodon.forget_keys()
    for _look in range(4):
        looks_later(delivery, minutes=51)
    assert state_of(delivery) == "ask_person"
    assert mastodon.posts(account) == []


def test_a_list_that_cannot_be_read_to_its_end_proves_nothing(
    world: World, mastodon: MastodonServer, proxy: FaultProxy
) -> None:
    account = mastodon.account(world.pia, "unread", through=proxy.url)
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    delivery.refresh_from_db()
    now = timezone.now()
    body = {**delivery.request_body, "link": "https://g.example/none222"}
    asked = {"since": now - timedelta(minutes=5), "now": now}
    assert PUBLISHER.look(account, body, **asked).sight is Sight.ABSENT
    proxy.plan = lambda path: "502_after" if "/accounts/" in path else None
    assert PUBLISHER.look(account, body, **asked).sight is Sight.UNREADABLE
    # The second page fails: the first alone is no proof.
    for number in range(45):
        mastodon.call(
            "POST", "/api/v1/statuses", token=tokens.read(account).access, data={"status": f"Nr. {number}"}
        )
    proxy.plan = lambda path: "drop_after" if "max_id" in path else None
    assert PUBLISHER.look(account, body, **asked).sight is Sight.UNREADABLE
    proxy.plan = lambda _path: None
    assert PUBLISHER.look(account, body, **asked).sight is Sight.ABSENT
    found = PUBLISHER.look(account, delivery.request_body, **asked)
    assert (found.sight, found.remote_id) == (Sight.FOUND, delivery.remote_id)


def test_a_token_withdrawn_there_asks_the_person_to_connect_again(
    world: World, mastodon: MastodonServer
) -> None:
    account = mastodon.account(world.pia, "withdrawn")
    mastodon.revoke(account)
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "needs_reconnect"
    with pytest.raises(Failed) as failed:
        READER.followers(account)
    assert failed.value.outcome.kind is Kind.RECONNECT


def test_being_asked_to_wait_waits_until_the_time_that_was_named(
    world: World, mastodon: MastodonServer
) -> None:
    account = mastodon.account(world.pia, "busy")
    fault = {
        "match": {"methods": ["POST"], "path": "/api/v1/statuses"},
        "effect": {"type": "ratelimit"},
        "count": 1,
    }
    mastodon.call("POST", "/api/v1/_mock/faults", json=fault)
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "waiting"
    assert delivery.not_before > timezone.now()
    assert mastodon.posts(account) == []


def test_a_refused_post_says_so_and_is_not_tried_again(world: World, mastodon: MastodonServer) -> None:
    account = mastodon.account(world.pia, "refused")
    fault = {
        "match": {"methods": ["POST"], "path": "/api/v1/statuses"}, "effect": {"type": "status", "status": 422},
        "count": 1,
    }  # fmt: skip
    mastodon.call("POST", "/api/v1/_mock/faults", json=fault)
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", "not_accepted")


def test_a_deleted_post_is_gone_and_deleting_twice_is_no_mistake(
    world: World, mastodon: MastodonServer
) -> None:
    account = mastodon.account(world.pia, "deletes")
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    delivery.refresh_from_db()
    ask_deletion(share=delivery.share)
    carry_out(delivery.pk)
    assert mastodon.posts(account) == []
    assert PUBLISHER.delete(account, delivery.remote_id).kind is Kind.PUBLISHED
    assert READER.read(account, [delivery.remote_id]) == {delivery.remote_id: GONE}


def test_what_came_of_a_post_is_read_from_the_server(world: World, mastodon: MastodonServer) -> None:
    account = mastodon.account(world.pia, "read")
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    delivery.refresh_from_db()
    _, fan = mastodon.person("reader-fan")
    mastodon.call("POST", f"/api/v1/statuses/{delivery.remote_id}/favourite", token=fan)
    mastodon.call("POST", f"/api/v1/statuses/{delivery.remote_id}/reblog", token=fan)
    mastodon.call(
        "POST", "/api/v1/statuses", token=fan, data={"status": "Flot!", "in_reply_to_id": delivery.remote_id}
    )
    found = READER.read(account, [delivery.remote_id])[delivery.remote_id]
    assert found[Metric.REACTIONS] == found[Metric.RESHARES] == found[Metric.COMMENTS] == 1
    assert Metric.IMPRESSIONS not in found
    assert READER.followers(account) == 0
