"""Posting to a real PDS: what arrives is what was written, once, whatever breaks on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from genlyd.networks import tokens
from genlyd.networks.actions.bluesky import connect_bluesky
from genlyd.networks.actions.connect import disconnect
from genlyd.networks.bluesky import session
from genlyd.networks.contract import Tokens
from genlyd.networks.models import Account
from genlyd.sharing.actions.answer import say_not_posted, say_posted
from genlyd.sharing.actions.change import cancel_share, edit_share
from genlyd.sharing.actions.delete import NotYet, ask_deletion, carry_out
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.reconcile import reconcile
from genlyd.sharing.models import Delivery
from genlyd.sharing.queries import my_shares, posts
from genlyd.sharing.reactions import take_up_again
from tests.servers.fault_proxy import FaultProxy, fault_proxy
from tests.servers.pds.server import Pds
from tests.sharing.makers import WORDS, a_delivery, a_picture, a_story, connected, make_due
from tests.world import World

pytestmark = pytest.mark.pds


@pytest.fixture
def proxy(pds: Pds, settings) -> Iterator[FaultProxy]:
    with fault_proxy(pds.url) as made:
        settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, made.host]
        yield made


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


def test_a_post_with_a_card_arrives_as_written(world: World, pds: Pds) -> None:
    story = a_story(world, preview_picture=a_picture(world))
    account, made = connected(world.pia, pds, "card")
    text = f"{WORDS} 🌬️ Læs også https://fjordkraft.example/job?x=æ – det er værd at se."
    delivery = a_delivery(world.pia, story, account, text=text)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    [post] = pds.posts(made.did)
    value = post["value"]
    assert (value["text"], value["langs"]) == (text, ["da"])
    [facet] = value["facets"]
    cut = text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
    assert cut == facet["features"][0]["uri"] == "https://fjordkraft.example/job?x=æ"
    card = value["embed"]["external"]
    share = delivery.share
    share.refresh_from_db()
    assert (card["uri"], card["title"]) == (share.link.url, "Første mølle på plads")
    assert card["thumb"]["mimeType"] == "image/jpeg"
    assert post["uri"] == delivery.remote_id
    assert share.confirmed_at
    assert share.confirmed_by_api is True
    assert share.permalink == f"https://bsky.app/profile/{made.did}/post/{delivery.dedup_key}"
    assert share.link.published_at == share.confirmed_at
    assert share.link.utm["utm_source"] == "bluesky"


def test_a_post_with_a_picture_carries_its_description_and_the_link_in_the_text(
    world: World, pds: Pds
) -> None:
    account, made = connected(world.pia, pds, "with-picture")
    delivery = a_delivery(world.pia, a_story(world), account, picture=a_picture(world))
    deliver(delivery.pk, worker="w")
    [post] = pds.posts(made.did)
    [image] = post["value"]["embed"]["images"]
    assert image["alt"] == "En vinge over havnen"
    assert image["aspectRatio"] == {"width": 640, "height": 360}
    link = delivery.share.link.url
    assert post["value"]["text"] == f"{WORDS}\n\n{link}"
    assert post["value"]["facets"][0]["features"][0]["uri"] == link


def test_delivering_again_posts_nothing_again(world: World, pds: Pds) -> None:
    account, made = connected(world.pia, pds, "again")
    delivery = a_delivery(world.pia, a_story(world), account)
    for worker in ("one", "two", "three"):
        deliver(delivery.pk, worker=worker)
    assert len(pds.posts(made.did)) == 1
    assert delivery.attempts.count() == 1


@pytest.mark.parametrize("fault", ["drop_before", "drop_after", "502_after"])
def test_an_unknown_outcome_is_settled_by_looking(
    world: World, pds: Pds, proxy: FaultProxy, fault: str
) -> None:
    account, made = connected(world.pia, pds, f"fault-{fault.replace('_', '-')}", server=proxy.url)
    delivery = a_delivery(world.pia, a_story(world), account)
    proxy.once(fault, "putRecord")
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "unknown"
    arrived = fault != "drop_before"
    assert len(pds.posts(made.did)) == arrived
    assert posts(my_shares(world.pia))[0].standing.label == "Being confirmed"
    # Nobody sends while it is unknown, however often the queue asks.
    deliver(delivery.pk, worker="impatient")
    assert delivery.attempts.count() == 1
    make_due(delivery)
    reconcile(delivery.pk, worker="w")
    assert state_of(delivery) == ("published" if arrived else "ready")
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(pds.posts(made.did)) == 1
    delivery.share.refresh_from_db()
    assert delivery.share.confirmed_by_api is True


def test_a_network_that_says_wait_is_waited_for(world: World, pds: Pds, proxy: FaultProxy) -> None:
    account, made = connected(world.pia, pds, "wait", server=proxy.url)
    delivery = a_delivery(world.pia, a_story(world), account)
    proxy.once("429", "putRecord")
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("waiting", "busy")
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "waiting"
    make_due(delivery)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(pds.posts(made.did)) == 1


def test_a_fault_while_preparing_is_repeated_and_continues(world: World, pds: Pds, proxy: FaultProxy) -> None:
    account, made = connected(world.pia, pds, "prepare", server=proxy.url)
    delivery = a_delivery(world.pia, a_story(world), account, picture=a_picture(world))
    proxy.once("drop_after", "uploadBlob")
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.attempts.count()) == ("due", 0)
    make_due(delivery)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(pds.posts(made.did)) == 1


def test_a_network_that_cannot_be_read_leads_to_asking_the_person(
    world: World, pds: Pds, proxy: FaultProxy
) -> None:
    account, made = connected(world.pia, pds, "asked", server=proxy.url)
    delivery = a_delivery(world.pia, a_story(world), account)
    proxy.plan = lambda path: (
        "drop_after" if "putRecord" in path else "502_after" if "getRecord" in path else None
    )
    deliver(delivery.pk, worker="w")
    for _ in range(3):
        make_due(delivery)
        reconcile(delivery.pk, worker="w")
    assert state_of(delivery) == "ask_person"
    [post] = posts(my_shares(world.pia))
    assert post.to_answer
    assert "failed" not in str(post.standing)
    # "Not there" leads to another attempt, which finds its own record and changes nothing.
    proxy.plan = lambda _path: None
    say_not_posted(share=post.share)
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(pds.posts(made.did)) == 1


def test_the_person_can_say_that_it_is_there(world: World, pds: Pds, proxy: FaultProxy) -> None:
    account, made = connected(world.pia, pds, "said", server=proxy.url)
    delivery = a_delivery(world.pia, a_story(world), account)
    proxy.plan = lambda path: (
        "drop_after" if "putRecord" in path else "502_after" if "getRecord" in path else None
    )
    deliver(delivery.pk, worker="w")
    Delivery.objects.filter(pk=delivery.pk).update(state="ask_person")
    say_posted(share=delivery.share, permalink="https://bsky.app/profile/said.test/post/3k")
    delivery.share.refresh_from_db()
    assert (state_of(delivery), delivery.share.confirmed_by_api) == ("published", False)
    assert len(pds.posts(made.did)) == 1


def test_expired_access_is_renewed_without_logging_in(world: World, pds: Pds) -> None:
    account, made = connected(world.pia, pds, "renewed")
    before = tokens.read(account)
    session.access_token(account, renew=True)
    stored = Account.objects.get(pk=account.pk)
    renewed = tokens.read(stored)
    assert renewed.refresh != before.refresh
    # Somebody with the old pair in hand takes the new one instead of renewing once more.
    account.secret_sealed = None
    stale = Account.objects.get(pk=account.pk)
    stale.secret_sealed = tokens.sealed(before)
    assert session.access_token(stale, renew=True) == renewed.access
    stored.refresh_from_db()
    assert tokens.read(stored) == renewed
    delivery = a_delivery(world.pia, a_story(world), stored)
    deliver(delivery.pk, worker="w")
    assert len(pds.posts(made.did)) == 1


def test_a_withdrawn_session_asks_to_reconnect_and_goes_on_afterwards(world: World, pds: Pds) -> None:
    from genlyd.networks.facts import AccountConnected

    account, made = connected(world.pia, pds, "reconnect")
    account.secret_sealed = tokens.sealed(Tokens(access="a.b.c", refresh="d.e.f"))
    account.save()
    delivery = a_delivery(world.pia, a_story(world), account)
    deliver(delivery.pk, worker="w")
    account.refresh_from_db()
    assert state_of(delivery) == "needs_reconnect"
    assert account.needs_reconnect_since
    connect_bluesky(member=world.pia, handle=made.handle, app_password=made.app_password, server=pds.url)
    take_up_again(AccountConnected(account_id=account.pk))
    deliver(delivery.pk, worker="w")
    assert state_of(delivery) == "published"
    assert len(pds.posts(made.did)) == 1


def test_disconnecting_forgets_every_secret_and_logs_out(world: World, pds: Pds) -> None:
    account, _made = connected(world.pia, pds, "disconnected")
    refresh = tokens.read(account).refresh
    disconnect(account=account)
    account.refresh_from_db()
    assert (account.secret_sealed, account.disconnected_at is not None) == (None, True)
    with pytest.raises(Exception, match="400"):
        pds.call("com.atproto.server.refreshSession", token=refresh, body={})


def test_a_post_can_be_called_off_and_changed_until_it_goes_out(world: World, pds: Pds) -> None:
    account, made = connected(world.pia, pds, "planned")
    later = timezone.now() + timezone.timedelta(hours=3)
    called_off = a_delivery(world.pia, a_story(world), account, planned_at=later)
    cancel_share(share=called_off.share)
    changed = a_delivery(world.pia, a_story(world), account, planned_at=later)
    edit_share(share=changed.share, text=f"{WORDS} Rettet.")
    deliver(make_due(called_off).pk, worker="w")
    deliver(make_due(changed).pk, worker="w")
    newest = changed.share.deliveries.get(version=2)
    deliver(newest.pk, worker="w")
    assert [post["value"]["text"] for post in pds.posts(made.did)] == [f"{WORDS} Rettet."]
    assert (state_of(called_off), state_of(changed), state_of(newest)) == (
        "cancelled",
        "cancelled",
        "published",
    )


def test_deleting_takes_it_down_and_may_be_repeated(world: World, pds: Pds, proxy: FaultProxy) -> None:
    account, made = connected(world.pia, pds, "deleted", server=proxy.url)
    delivery = a_delivery(world.pia, a_story(world), account)
    deliver(delivery.pk, worker="w")
    delivery.share.refresh_from_db()
    ask_deletion(share=delivery.share)
    proxy.once("drop_after", "deleteRecord")
    with pytest.raises(NotYet):
        carry_out(delivery.pk)
    assert pds.posts(made.did) == []
    assert posts(my_shares(world.pia))[0].standing.label == "Being deleted"
    carry_out(delivery.pk)
    delivery.share.refresh_from_db()
    assert (state_of(delivery), delivery.share.deleted_at is not None) == ("deleted", True)


def test_a_post_the_network_refuses_says_so_and_may_be_mended(world: World, pds: Pds) -> None:
    account, made = connected(world.pia, pds, "refused")
    delivery = a_delivery(world.pia, a_story(world), account)
    delivery.share.text = "x" * 4000  # past every check of ours
    delivery.share.save()
    deliver(delivery.pk, worker="w")
    assert (state_of(delivery), delivery.problem) == ("rejected", "rule")
    edit_share(share=delivery.share, text=WORDS)
    deliver(delivery.share.deliveries.get(version=2).pk, worker="w")
    assert [post["value"]["text"] for post in pds.posts(made.did)] == [WORDS]


def test_the_server_holds_exactly_the_posts_that_the_page_shows(world: World, pds: Pds, as_member) -> None:
    account, made = connected(world.pia, pds, "exactly")
    later = timezone.now() + timezone.timedelta(hours=3)
    story = a_story(world)
    for number in range(3):
        deliver(a_delivery(world.pia, story, account, text=f"{WORDS} Nummer {number}").pk, worker="w")
    gone = a_delivery(world.pia, story, account, text=f"{WORDS} Slettet")
    deliver(gone.pk, worker="w")
    gone.share.refresh_from_db()
    ask_deletion(share=gone.share)
    carry_out(gone.pk)
    a_delivery(world.pia, story, account, text=f"{WORDS} Planlagt", planned_at=later)
    page = as_member(world.pia).get("/share/mine/").content.decode()
    held = {post["uri"].rsplit("/", 1)[1] for post in pds.posts(made.did)}
    shown = {part.split('"')[0] for part in page.split(f"https://bsky.app/profile/{made.did}/post/")[1:]}
    assert len(held) == 3
    assert shown == held
