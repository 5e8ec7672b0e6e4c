"""What is put right every minute, and what two workers may not do to one delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.networks.bluesky.publisher import BlueskyPublisher
from genlyd.networks.domain.outcome import Kind, Look, Outcome, Sight
from genlyd.people.models import Consent
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing import checks
from genlyd.sharing.actions import publish, results
from genlyd.sharing.actions.moves import Lost
from genlyd.sharing.actions.reconcile import reconcile
from genlyd.sharing.actions.sweep import sweep
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.domain.timing import NORMAL, back_off, settle
from genlyd.sharing.models import Attempt, Delivery
from genlyd.sharing.tasks import enqueue_look, look_again
from genlyd.sharing.tasks import reconcile as reconcile_job
from genlyd.sharing.tasks import sweep as sweep_job
from tests.sharing.makers import a_delivery, a_share, a_story, an_account
from tests.world import World

PREPARED = {"record": {"text": "x"}, "rkey": "3k", "repo": "did:plc:1"}


@pytest.fixture
def delivery(world: World) -> Delivery:
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)
    return a_delivery(world.pia, a_story(world), an_account(world.pia))


def put(delivery: Delivery, state: State, **fields: object) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **fields)
    return Delivery.objects.select_related("share", "account").get(pk=delivery.pk)


def sending(delivery: Delivery) -> Delivery:
    ready = put(delivery, State.READY, prepared=PREPARED)
    publish.claim(ready, BlueskyPublisher(), worker="first", timing=NORMAL)
    return ready


def test_a_claim_is_one_workers_and_is_noted_before_the_call(delivery: Delivery) -> None:
    one = put(delivery, State.READY, prepared=PREPARED)
    two = Delivery.objects.get(pk=delivery.pk)
    publish.claim(one, BlueskyPublisher(), worker="first", timing=NORMAL)
    with pytest.raises(Lost):
        publish.claim(two, BlueskyPublisher(), worker="second", timing=NORMAL)
    stored = Delivery.objects.get(pk=delivery.pk)
    assert (stored.state, stored.lease_owner, stored.dedup_key) == ("sending", "first", "3k")
    attempt = Attempt.objects.get()
    assert (attempt.ended_at, attempt.request_body) == (None, stored.request_body)


def test_an_expired_lease_makes_it_unknown_and_never_ready(delivery: Delivery) -> None:
    sending(delivery)
    now = timezone.now()
    assert sweep(now=now) == ([], [])
    later = now + NORMAL.lease + timedelta(seconds=1)
    sweep(now=later)
    stored = Delivery.objects.get(pk=delivery.pk)
    assert (stored.state, stored.not_before) == ("unknown", later + NORMAL.lease_margin)
    assert Attempt.objects.get().outcome == "unknown"
    assert sweep(now=later + NORMAL.lease_margin) == ([], [delivery.pk])


def test_an_answer_that_comes_after_the_lease_changes_nothing(delivery: Delivery) -> None:
    late = sending(delivery)
    sweep(now=timezone.now() + NORMAL.lease + timedelta(seconds=1))
    outcome = Outcome(kind=Kind.NOT_SENT, problem="unreachable")
    with pytest.raises(Lost):
        results.store(late, outcome, worker="first", now=timezone.now(), timing=NORMAL)
    assert Delivery.objects.get(pk=delivery.pk).state == "unknown"


def test_a_worker_that_slept_does_not_send(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> Outcome:
        raise AssertionError("sent with a stale lease")

    monkeypatch.setattr(BlueskyPublisher, "send", never)
    put(delivery, State.READY, prepared=PREPARED)
    short = type(NORMAL)(lease=timedelta(seconds=1), lease_margin=timedelta(seconds=60))
    publish.deliver(delivery.pk, worker="w", timing=short)
    assert Delivery.objects.get(pk=delivery.pk).state == "ready"


def test_any_stumble_while_sending_is_unknown(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> Outcome:
        raise ZeroDivisionError

    monkeypatch.setattr(BlueskyPublisher, "send", stumble)
    put(delivery, State.READY, prepared=PREPARED)
    publish.deliver(delivery.pk, worker="w")
    assert Delivery.objects.get(pk=delivery.pk).state == "unknown"
    assert "ZeroDivisionError" in Attempt.objects.get().error


def test_what_was_proven_not_sent_is_tried_five_times_with_pauses(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        BlueskyPublisher, "send", lambda *_: Outcome(kind=Kind.NOT_SENT, problem="unreachable")
    )
    put(delivery, State.READY, prepared=PREPARED)
    for attempt in range(1, 7):
        publish.deliver(delivery.pk, worker="w")
        publish.deliver(delivery.pk, worker="too early")
        stored = Delivery.objects.get(pk=delivery.pk)
        assert stored.attempt_count == attempt
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
    assert (stored.state, stored.problem) == ("rejected", "gave_up")


def test_preparing_that_died_begins_again(delivery: Delivery) -> None:
    now = timezone.now()
    put(delivery, State.PREPARING, lease_owner="dead", lease_until=now - timedelta(seconds=1))
    to_deliver, _ = sweep(now=now)
    assert to_deliver == [delivery.pk]
    assert Delivery.objects.get(pk=delivery.pk).state == "due"


def test_silence_never_becomes_a_second_post(delivery: Delivery) -> None:
    now = timezone.now()
    put(delivery, State.ASK_PERSON, changed_at=now - timedelta(days=7, seconds=1))
    assert sweep(now=now) == ([], [])
    assert Delivery.objects.get(pk=delivery.pk).state == "abandoned"


def test_a_lost_look_is_asked_for_again_but_not_twice(delivery: Delivery) -> None:
    put(delivery, State.UNKNOWN, not_before=None)
    sweep_job(timestamp=0)
    sweep_job(timestamp=60)
    enqueue_look(delivery.pk)
    assert ProcrastinateJob.objects.filter(task_name=reconcile_job.name).count() == 1


@pytest.mark.parametrize("change", ["withdrawn", "left", "retired", "blocked"])
def test_everything_is_asked_again_when_it_goes_out(world: World, delivery: Delivery, change: str) -> None:
    story, member = delivery.share.story, world.pia
    match change:
        case "withdrawn":
            Consent.objects.filter(member=member).update(withdrawn_at=timezone.now())
        case "left":
            member.left_at = timezone.now()
            member.save()
        case "retired":
            story.retired_at = timezone.now()
            story.save()
        case _:
            delivery.share.text = "Hemmeligt"
            delivery.share.save()
            Rule.objects.filter(kind="disclosure").update(active=True, blocks=True, block_ground="secrecy")
    publish.deliver(delivery.pk, worker="w")
    stored = Delivery.objects.get(pk=delivery.pk)
    assert (stored.state, stored.attempt_count) == ("rejected", 0)


def test_a_story_that_may_only_be_told_later_waits(delivery: Delivery) -> None:
    story = delivery.share.story
    story.not_before = timezone.now() + timedelta(hours=2)
    story.save()
    publish.deliver(delivery.pk, worker="w")
    stored = Delivery.objects.get(pk=delivery.pk)
    assert (stored.state, stored.problem) == ("waiting", "story_later")
    assert stored.not_before
    assert abs(stored.not_before - story.not_before) < timedelta(seconds=5)


def test_a_warning_does_not_stop_what_the_person_has_decided(delivery: Delivery) -> None:
    Rule.objects.filter(kind="disclosure").update(active=True)
    delivery.share.text = "Kun en advarsel"
    assert checks.at_send(delivery.share, now=timezone.now()) is None


def test_the_database_refuses_a_second_live_delivery(delivery: Delivery) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(
            organisation_id=delivery.organisation_id, share=delivery.share, account=delivery.account, version=2,
            due_at=timezone.now(),
        )  # fmt: skip


def test_the_database_refuses_sending_without_lease_or_request(delivery: Delivery) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state="sending")


def test_the_next_step_is_asked_for_at_its_time(delivery: Delivery) -> None:
    soon = timezone.now() + timedelta(seconds=30)
    put(delivery, State.UNKNOWN, not_before=soon)
    look_again(delivery.pk)
    assert ProcrastinateJob.objects.get(task_name="genlyd.sharing.tasks.reconcile").scheduled_at == soon


def test_pauses_grow_and_end() -> None:
    pauses = [back_off(tries) for tries in range(1, 7)]
    assert pauses[-1] is None
    assert pauses[:-1] == sorted(pause for pause in pauses if pause)
    assert [settle(looks) is None for looks in range(4)] == [False, False, False, True]


def test_a_share_by_hand_has_no_delivery(world: World) -> None:
    assert not a_share(world.pia, a_story(world)).deliveries.exists()


def test_a_server_that_loses_every_post_is_not_asked_for_ever(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        BlueskyPublisher, "send", lambda *_: Outcome(kind=Kind.UNKNOWN, problem="unconfirmed")
    )
    monkeypatch.setattr(BlueskyPublisher, "look", lambda *_, **__: Look(sight=Sight.ABSENT))
    put(delivery, State.READY, prepared=PREPARED)
    for _turn in range(20):
        publish.deliver(delivery.pk, worker="w")
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
        reconcile(delivery.pk, worker="w")
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
    stored = Delivery.objects.get(pk=delivery.pk)
    assert (stored.state, stored.problem, stored.attempt_count) == ("rejected", "gave_up", 6)


def test_the_second_loss_makes_the_next_repeat_wait(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BlueskyPublisher, "look", lambda *_, **__: Look(sight=Sight.ABSENT))
    for waits in (False, True):
        sending(put(delivery, State.READY))
        later = timezone.now() + NORMAL.lease + timedelta(seconds=1)
        sweep(now=later)
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
        assert reconcile(delivery.pk, worker="w") is State.READY
        assert bool(Delivery.objects.get(pk=delivery.pk).not_before) is waits


def test_preparing_that_always_stumbles_comes_to_an_end(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise FileNotFoundError("the picture is gone")

    monkeypatch.setattr(BlueskyPublisher, "prepare", stumble)
    for _turn in range(6):
        publish.deliver(delivery.pk, worker="w")
        Delivery.objects.filter(pk=delivery.pk).update(not_before=None)
    assert Delivery.objects.get(pk=delivery.pk).state == "rejected"
