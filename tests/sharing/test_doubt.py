"""Where nobody saw the end of a call: what the network lets us find out, and what only the person can say."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from genlyd.base.errors import Refused
from genlyd.networks import registry
from genlyd.networks.bluesky.publisher import BlueskyPublisher
from genlyd.networks.domain.outcome import Kind, Look, Outcome, Sight, Unknown
from genlyd.networks.facts import AccountConnected
from genlyd.notifications.models import Mail
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing.actions.answer import post_late, say_not_posted
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.actions.reconcile import reconcile
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Attempt, Delivery
from genlyd.sharing.notices import tell_late
from genlyd.sharing.reactions import take_up_again
from tests.sharing.makers import a_delivery, a_share, a_story, an_account
from tests.world import World

PREPARED = {"record": {"text": "x"}, "rkey": "3k", "repo": "did:plc:1"}
THERE = "https://bsky.app/profile/pia.test/post/3k"


@pytest.fixture
def delivery(world: World) -> Delivery:
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)
    return put(a_delivery(world.pia, a_story(world), an_account(world.pia)), State.READY, prepared=PREPARED)


def put(delivery: Delivery, state: State, **fields: object) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, not_before=None, **fields)
    return Delivery.objects.select_related("share", "account").get(pk=delivery.pk)


def now_goes(delivery: Delivery, monkeypatch: pytest.MonkeyPatch, *outcomes: Outcome) -> Delivery:
    """Send once for each outcome, with a look that finds nothing in between."""
    left = list(outcomes)
    monkeypatch.setattr(BlueskyPublisher, "send", lambda *_: left.pop(0))
    for _outcome in outcomes:
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
        reconcile(delivery.pk, worker="w")
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
        deliver(delivery.pk, worker="w")
    return Delivery.objects.select_related("share").get(pk=delivery.pk)


LOST = Outcome(kind=Kind.UNKNOWN, problem="unconfirmed")
TWICE = Outcome(kind=Kind.DUPLICATE, permalink=THERE, error="DUPLICATE_POST")


def test_a_duplicate_on_the_first_attempt_is_the_persons_own_earlier_post(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch, as_member, world: World
) -> None:
    stored = now_goes(delivery, monkeypatch, TWICE)
    assert (stored.state, stored.problem, stored.hint) == ("rejected", "already_posted", THERE)
    page = as_member(world.pia).get(reverse("sharing:mine")).content.decode()
    assert "You have posted this there already" in page
    assert THERE in page


def test_a_duplicate_after_a_lost_call_may_be_ours_and_ends_with_the_person(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch, as_member, world: World
) -> None:
    monkeypatch.setattr(BlueskyPublisher, "look", lambda *_, **__: Look(sight=Sight.ABSENT))
    stored = now_goes(delivery, monkeypatch, LOST, TWICE)
    assert (stored.state, stored.problem, stored.hint) == ("unknown", "perhaps_there", THERE)
    # An index that lags says "absent" once more; after a duplicate that is no proof, so nothing is sent again.
    for _look in range(3):
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
        reconcile(delivery.pk, worker="w")
    stored.refresh_from_db()
    assert (stored.state, stored.attempt_count) == ("ask_person", 2)
    page = as_member(world.pia).get(reverse("sharing:mine")).content.decode()
    assert "The network says that the same post is there already" in page
    assert THERE in page


def test_a_duplicate_after_the_same_words_were_lost_in_an_earlier_version_is_in_doubt_too(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    Attempt.objects.create(
        organisation_id=delivery.organisation_id, delivery=delivery, number=1, request_body={}, outcome="unknown",
        ended_at=timezone.now(),
    )  # fmt: skip
    put(delivery, State.REJECTED, attempt_count=1)
    again = Delivery.objects.create(
        organisation_id=delivery.organisation_id, share=delivery.share, account=delivery.account, version=2,
        due_at=timezone.now(), state="ready", prepared=PREPARED,
    )  # fmt: skip
    assert now_goes(again, monkeypatch, TWICE).state == "unknown"


def test_a_network_that_shows_nobody_the_post_asks_the_person_at_once(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> Look:
        raise AssertionError("looked where nothing can be seen")

    bluesky = registry.NETWORKS["bluesky"]
    blind = dataclasses.replace(bluesky.capabilities, unknown=Unknown.ASK)
    monkeypatch.setitem(registry.NETWORKS, "bluesky", dataclasses.replace(bluesky, capabilities=blind))
    monkeypatch.setattr(BlueskyPublisher, "look", never)
    stored = now_goes(delivery, monkeypatch, LOST)
    assert reconcile(delivery.pk, worker="before it has settled") is None
    assert stored.state == "unknown"
    Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
    assert reconcile(delivery.pk, worker="w") is State.ASK_PERSON
    say_not_posted(share=delivery.share)
    stored.refresh_from_db()
    assert stored.state == "due"


def test_what_is_spent_is_prepared_anew(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, object]] = []

    def look(_publisher: object, _account: object, _body: object, **when: object) -> Look:
        seen.append(when)
        return Look(sight=Sight.ABSENT, prepare_again=True)

    monkeypatch.setattr(BlueskyPublisher, "look", look)
    now_goes(delivery, monkeypatch, LOST)
    Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
    assert reconcile(delivery.pk, worker="w") is State.DUE
    assert Delivery.objects.get().prepared == {"tries": 0}
    [asked] = seen
    assert asked["since"] == Attempt.objects.get().started_at
    assert asked["now"] > asked["since"]


def test_an_attempt_is_ended_once_and_its_request_never_changes(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_goes(delivery, monkeypatch, LOST)
    for change in ({"request_body": {"text": "other"}}, {"outcome": "published"}, {"ended_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.update(**change)
    open_one = Attempt.objects.create(
        organisation_id=delivery.organisation_id, delivery=delivery, number=2, request_body={}
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=open_one.pk).update(request_body={"text": "other"})
    Attempt.objects.filter(pk=open_one.pk).update(ended_at=timezone.now(), outcome="unknown")


YESTERDAY = timedelta(hours=25)


@pytest.mark.parametrize("state", [State.SCHEDULED, State.DUE, State.READY, State.WAITING])
def test_what_is_a_day_late_asks_the_person_before_it_goes_out(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch, as_member, world: World, state: State
) -> None:
    put(delivery, state, due_at=timezone.now() - YESTERDAY)
    monkeypatch.setattr(
        BlueskyPublisher, "send", lambda *_: Outcome(kind=Kind.PUBLISHED, remote_id="at://x/y/z")
    )
    monkeypatch.setattr(BlueskyPublisher, "prepare", lambda *_: None)
    deliver(delivery.pk, worker="w")
    assert Delivery.objects.get().state == "late"
    tell_late(delivery.pk)
    assert Mail.objects.count() == 1
    client = as_member(world.pia)
    assert "Post it now" in client.get(reverse("sharing:mine")).content.decode()
    client.post(reverse("sharing:post_late", args=[delivery.share_id]))
    deliver(delivery.pk, worker="w")
    assert Delivery.objects.get().state == "published"
    with pytest.raises(Refused):
        post_late(share=delivery.share)


def test_connecting_again_after_long_does_not_post_what_has_gone_stale(delivery: Delivery) -> None:
    put(delivery, State.NEEDS_RECONNECT, due_at=timezone.now() - YESTERDAY)
    take_up_again(AccountConnected(account_id=delivery.account_id))
    deliver(delivery.pk, worker="w")
    assert Delivery.objects.get().state == "late"


def test_a_late_post_is_nobody_elses_to_let_go(delivery: Delivery, as_member, world: World) -> None:
    put(delivery, State.LATE)
    url = reverse("sharing:post_late", args=[delivery.share_id])
    assert as_member(world.poul).post(url).status_code == 404
    assert as_member(world.pia).get(url).status_code == 405
    assert Delivery.objects.get().state == "late"
    by_hand = a_share(world.pia, a_story(world))
    with pytest.raises(Refused):
        post_late(share=by_hand)
