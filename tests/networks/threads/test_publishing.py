"""From a delivery to a post on Threads, and back from every doubt: counted on the double, not by calls made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from genlyd.networks.domain.outcome import Look, Sight
from genlyd.networks.models import Account
from genlyd.networks.threads import THREADS
from genlyd.sharing.actions import parcel
from genlyd.sharing.actions.delete import NotYet, ask_deletion, carry_out
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.reconcile import reconcile
from genlyd.sharing.models import Delivery
from tests.servers.fault_proxy import FaultProxy, fault_proxy
from tests.servers.reach import let_reach
from tests.servers.threads.server import ThreadsServer
from tests.sharing.makers import WORDS, a_picture, a_share, a_story, make_due
from tests.world import World

RESTRICTED = {
    "error": {
        "message": "We restrict certain activity", "type": "OAuthException", "code": 4, "error_subcode": 2207051,
        "is_transient": False,
    }
}  # fmt: skip
GONE = {"error": {"message": "The requested resource does not exist", "code": 24, "error_subcode": 4279009}}
PUBLISH = "/me/threads_publish"
TRANSIENT = {
    "error": {"message": "An unexpected error", "type": "OAuthException", "code": 2, "is_transient": True}
}


@pytest.fixture
def proxy(threads: ThreadsServer, settings) -> Iterator[FaultProxy]:
    with fault_proxy(threads.url) as made:
        let_reach(settings, threads, through=made.url)
        yield made


def a_delivery(world: World, account: Account, **fields: Any) -> Delivery:
    share = a_share(world.pia, a_story(world), network="threads", account=account, **fields)
    return share.deliveries.get()


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def look_again(delivery: Delivery) -> str:
    make_due(delivery)
    reconcile(delivery.pk, worker="w")
    return state_of(delivery)


def look(delivery: Delivery, *, minutes: int) -> Look:
    """As if so much time had passed since the call whose end nobody saw."""
    state_of(delivery)
    now = timezone.now()
    assert THREADS.publisher
    return THREADS.publisher.look(
        delivery.account, delivery.request_body or {}, since=now - timedelta(minutes=minutes), now=now
    )


def pictures_at(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(parcel, "public_url", lambda _media: address)


def test_words_and_link_arrive_once_with_the_link_attached(world: World, threads: ThreadsServer) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    deliver(delivery.pk, worker="another")
    assert state_of(delivery) == "published"
    [post] = threads.held(account)
    share = delivery.share
    share.refresh_from_db()
    assert (post["text"], post["link_attachment"], post["media_type"]) == (WORDS, share.link.url, "TEXT")
    assert "auto_publish_text" not in post
    assert (delivery.remote_id, delivery.dedup_key) == (post["id"], post["container"])
    assert share.permalink == f"https://www.threads.com/@pia/post/C{post['id']}"


def test_a_picture_is_fetched_by_threads_from_us(
    world: World, threads: ThreadsServer, settings, live_server: Any
) -> None:
    settings.URL = live_server.url
    settings.PRIVATE_HOSTS_ALLOWED = [
        *settings.PRIVATE_HOSTS_ALLOWED,
        live_server.url.removeprefix("http://"),
    ]
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account, picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    [post] = threads.held(account)
    share = delivery.share
    assert (post["media_type"], post["alt_text"]) == ("IMAGE", "En vinge over havnen")
    assert post["text"] == f"{WORDS}\n\n{share.link.url}"
    assert post["picture"] == share.picture.file.size
    [fetched] = threads.ask("seen")["fetched"]
    assert (fetched["status"], fetched["content-type"], fetched["set-cookie"]) == (200, "image/jpeg", "")
    assert fetched["x-robots-tag"].startswith("noindex")


def test_a_picture_that_threads_cannot_reach_is_refused_before_anything_is_made(
    world: World, threads: ThreadsServer, settings
) -> None:
    settings.URL = "http://localhost:8000"
    delivery = a_delivery(world, threads.account(world.pia, "pia"), picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", "not_reachable")
    assert threads.ask("seen")["containers"] == {}


@pytest.mark.parametrize(
    ("path", "problem"), [("nothing.jpg", "picture_unfetched"), ("seen", "picture_unfetched")]
)
def test_a_picture_that_is_not_served_is_told_as_such(
    world: World, threads: ThreadsServer, monkeypatch: pytest.MonkeyPatch, path: str, problem: str
) -> None:
    pictures_at(monkeypatch, f"{threads.url}/_double/{path}")
    delivery = a_delivery(world, threads.account(world.pia, "pia"), picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", problem)


@pytest.mark.parametrize(
    ("status", "body", "after"),
    [
        (400, RESTRICTED, True), (400, RESTRICTED, False), (500, TRANSIENT, True), (429, {}, False),
        (502, "<h1>Bad gateway</h1>", True), (200, {}, True),
    ],
)  # fmt: skip
def test_an_error_of_the_publishing_call_is_never_taken_at_its_word(
    world: World,
    threads: ThreadsServer,
    status: int,
    body: Any,
    after: bool,  # noqa: FBT001
) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    threads.wrong(PUBLISH, status, body, after=after)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "unknown"
    assert len(threads.posts(account)) == after
    assert look_again(delivery) == ("published" if after else "ready")
    deliver(make_due(delivery).pk, worker="w")
    assert state_of(delivery) == "published"
    assert threads.posts(account) == [WORDS]
    assert len(threads.ask("seen")["containers"]) == 1
    assert delivery.remote_id == threads.held(account)[0]["id"]


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "502_after"])
def test_a_broken_connection_is_settled_by_looking(
    world: World, threads: ThreadsServer, proxy: FaultProxy, fault: Any
) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    proxy.once(fault, ThreadsServer.publish_paths[0])
    deliver(delivery.pk, worker="w")
    assert [done for _path, done in proxy.done] == [fault]
    assert state_of(delivery) == "unknown"
    assert look_again(delivery) == ("ready" if fault == "drop_before" else "published")
    deliver(make_due(delivery).pk, worker="w")
    assert threads.posts(account) == [WORDS]


def test_a_container_that_ended_or_broke_is_made_anew(world: World, threads: ThreadsServer) -> None:
    account = threads.account(world.pia, "pia")
    for number, spoil in enumerate([{"older_by": 90_000}, {"error": "UNKNOWN"}], start=1):
        delivery = a_delivery(world, account, text=f"{WORDS} {number}")
        threads.wrong(PUBLISH, 500, TRANSIENT)
        deliver(delivery.pk, worker="w")
        state_of(delivery)
        threads.ask(f"containers/{delivery.dedup_key}", spoil)
        assert look_again(delivery) in {"due", "ready"}
        deliver(make_due(delivery).pk, worker="w")
        assert state_of(delivery) == "published"
    assert len(threads.posts(account)) == 2
    assert len(threads.ask("seen")["containers"]) == 4


def test_a_container_that_nobody_knows_any_more_proves_nothing_until_the_list_has_had_time(
    world: World, threads: ThreadsServer
) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    threads.wrong(PUBLISH, 400, GONE)
    deliver(delivery.pk, worker="w")
    state_of(delivery)
    threads.ask(f"containers/{delivery.dedup_key}", {"gone": True})
    assert look_again(delivery) == "unknown"
    settled = look(delivery, minutes=11)
    assert (settled.sight, settled.prepare_again) == (Sight.ABSENT, True)


def test_a_published_container_is_a_post_even_while_the_list_lags(
    world: World, threads: ThreadsServer
) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    threads.wrong(PUBLISH, 502, "", after=True)
    deliver(delivery.pk, worker="w")
    threads.ask("set", {"list_lag": 3600})
    assert look_again(delivery) == "unknown"
    assert look(delivery, minutes=11) == Look(sight=Sight.FOUND, error="not listed")


def test_a_network_that_cannot_be_read_leads_to_asking_the_person(
    world: World, threads: ThreadsServer
) -> None:
    delivery = a_delivery(world, threads.account(world.pia, "pia"))
    threads.wrong(PUBLISH, 502, "", after=True)
    deliver(delivery.pk, worker="w")
    state_of(delivery)
    threads.wrong("/me/threads", 500, TRANSIENT, times=9)
    threads.wrong(delivery.dedup_key, 500, TRANSIENT, times=9)
    assert [look_again(delivery) for _ in range(3)] == ["unknown", "unknown", "ask_person"]


def test_the_same_words_of_an_earlier_post_are_not_taken_for_ours(
    world: World, threads: ThreadsServer
) -> None:
    account = threads.account(world.pia, "pia")
    deliver(a_delivery(world, account).pk, worker="w")
    again = a_delivery(world, account)
    threads.wrong(PUBLISH, 500, TRANSIENT)
    deliver(again.pk, worker="w")
    assert look_again(again) == "ready"
    deliver(make_due(again).pk, worker="w")
    assert threads.posts(account) == [WORDS, WORDS]


def test_a_token_that_was_withdrawn_asks_to_connect_again_and_the_post_goes_on_afterwards(
    world: World, threads: ThreadsServer
) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    threads.revoke(account)
    deliver(delivery.pk, worker="w")
    account.refresh_from_db()
    assert (state_of(delivery), delivery.problem) == ("needs_reconnect", "reconnect")
    assert account.needs_reconnect_since
    assert threads.posts(account) == []


def test_a_full_day_is_waited_for(world: World, threads: ThreadsServer) -> None:
    account = threads.account(world.pia, "pia", quota_total=1)
    first, second = a_delivery(world, account), a_delivery(world, account, text=f"{WORDS} To")
    deliver(first.pk, worker="w")
    deliver(second.pk, worker="w")
    assert (state_of(second), second.problem) == ("waiting", "quota")
    assert threads.posts(account) == [WORDS]


def test_a_picture_in_the_making_is_waited_for(
    world: World, threads: ThreadsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(THREADS.publisher, "sleep", lambda _seconds: None)
    pictures_at(monkeypatch, f"{threads.url}/_double/picture.jpg")
    threads.ask("set", {"processing": 3600})
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account, picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("waiting", "picture_in_the_making")
    threads.ask("set", {"ahead": 3601})
    deliver(make_due(delivery).pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(threads.ask("seen")["containers"]) == 1


def test_deleting_takes_it_down_and_may_be_repeated(
    world: World, threads: ThreadsServer, proxy: FaultProxy
) -> None:
    account = threads.account(world.pia, "pia")
    delivery = a_delivery(world, account)
    deliver(delivery.pk, worker="w")
    delivery.share.refresh_from_db()
    ask_deletion(share=delivery.share)
    state_of(delivery)
    proxy.once("drop_after", f"/v1.0/{delivery.remote_id}")
    with pytest.raises(NotYet):
        carry_out(delivery.pk)
    assert threads.posts(account) == []
    carry_out(delivery.pk)
    assert state_of(delivery) == "deleted"
