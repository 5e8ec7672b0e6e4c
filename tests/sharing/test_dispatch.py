"""Who is picked when much is due at once, and that a worker that dies loses nothing."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from genlyd.networks.domain.quota import Quota
from genlyd.people.models import Member
from genlyd.sharing import dispatch
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.dispatch import Dispatcher, take
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.domain.timing import NORMAL, Timing
from genlyd.sharing.models import Attempt, Delivery
from tests.sharing.makers import WORDS, a_delivery, a_story, an_account, make_due
from tests.sharing.press import Press, press_stands
from tests.world import World, a_member


def planned(member: Member, story: object, number: int, **account: object) -> list[Delivery]:
    """So many posts of one colleague, due in this order."""
    mine = an_account(member, **account)
    made = [a_delivery(member, story, mine, text=f"{WORDS} {member.pk}.{each}") for each in range(number)]  # type: ignore[arg-type]
    return [make_due(one, timezone.now() - timedelta(minutes=10 - each)) for each, one in enumerate(made)]


def picked(most: int = 10, *, worker: str = "w", now: datetime | None = None) -> list[int]:
    return take(most, worker=worker, now=now or timezone.now())


def test_of_each_colleague_the_longest_due_is_picked_first(world: World) -> None:
    story = a_story(world)
    many, one = planned(world.pia, story, 5), planned(world.poul, story, 1)
    assert picked() == [many[0].pk, one[0].pk]


def test_colleague_with_many_posts_holds_up_nobody(world: World) -> None:
    story = a_story(world)
    many = planned(world.pia, story, 30)
    others = [planned(a_member(world.fjordkraft, f"Colleague{each}"), story, 1)[0] for each in range(4)]
    for other in others:
        make_due(other, timezone.now() - timedelta(seconds=1))
    assert picked(5) == [many[0].pk, *(other.pk for other in others)]


def test_what_is_lent_is_not_lent_again_until_the_lease_ends(world: World) -> None:
    [mine] = planned(world.pia, a_story(world), 1)
    assert picked(worker="first") == [mine.pk]
    assert picked(worker="second") == []
    assert picked(worker="second", now=timezone.now() + NORMAL.lease) == [mine.pk]


@pytest.mark.parametrize("state", [State.PREPARING, State.SENDING])
def test_account_with_a_post_under_way_waits(world: World, state: State) -> None:
    first, _second = planned(world.pia, a_story(world), 2)
    soon = timezone.now() + timedelta(minutes=1)
    Delivery.objects.filter(pk=first.pk).update(
        state=state, lease_owner="w", lease_until=soon, request_body={}, dedup_key="k"
    )
    assert picked() == []


@pytest.mark.parametrize(
    ("state", "due_in", "not_before_in", "expected"),
    [
        (State.SCHEDULED, -1, None, True), (State.SCHEDULED, 1, None, False), (State.READY, -1, -1, True),
        (State.READY, -1, 1, False), (State.WAITING, -9, 1, False), (State.WAITING, -9, -1, True),
        (State.PUBLISHED, -1, None, False), (State.ASK_PERSON, -1, None, False), (State.UNKNOWN, -1, None, False),
        (State.LATE, -1, None, False), (State.NEEDS_RECONNECT, -1, None, False), (State.CANCELLED, -1, None, False),
    ],
)  # fmt: skip
def test_only_what_has_come_due_is_picked(
    world: World, state: State, due_in: int, not_before_in: int | None, *, expected: bool
) -> None:
    [mine] = planned(world.pia, a_story(world), 1)
    now = timezone.now()
    later = None if not_before_in is None else now + timedelta(minutes=not_before_in)
    Delivery.objects.filter(pk=mine.pk).update(
        state=state, due_at=now + timedelta(minutes=due_in), not_before=later
    )
    assert (picked(now=now) == [mine.pk]) is expected


def test_post_that_waits_for_later_does_not_hold_up_the_next(world: World) -> None:
    first, second = planned(world.pia, a_story(world), 2)
    Delivery.objects.filter(pk=first.pk).update(
        state=State.WAITING, not_before=timezone.now() + timedelta(hours=1)
    )
    assert picked() == [second.pk]


def test_what_comes_due_has_come_due(world: World) -> None:
    [mine] = planned(world.pia, a_story(world), 1)
    picked()
    mine.refresh_from_db()
    assert (mine.state, mine.lease_owner) == (State.DUE, "w")


def test_what_was_not_begun_goes_back(world: World) -> None:
    [mine] = planned(world.pia, a_story(world), 1)
    picked()
    dispatch.give_back(mine.pk, worker="somebody else")
    assert picked() == []
    dispatch.give_back(mine.pk, worker="w")
    assert picked() == [mine.pk]


@pytest.mark.django_db(transaction=True)
def test_two_pickers_at_once_never_get_the_same_nor_two_of_one_colleague(world: World) -> None:
    story = a_story(world)
    members = [a_member(world.fjordkraft, f"Colleague{each}") for each in range(6)]
    for member in members:
        planned(member, story, 4)
    found: list[int] = []
    start = threading.Barrier(4)

    def pick(number: int) -> None:
        start.wait()
        try:
            for _ in range(3):
                found.extend(picked(2, worker=f"w{number}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=pick, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found))
    owners = Delivery.objects.filter(pk__in=found).values_list("account", flat=True)
    assert len(set(owners)) == len(found) <= 6


@pytest.mark.django_db(transaction=True)
def test_everything_due_goes_out_once_and_in_each_colleagues_order(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = press_stands(monkeypatch, quotas=(Quota(key="day", most=6),))
    press = network.publisher
    assert isinstance(press, Press)
    busy: list[int] = []
    lock = threading.Lock()

    def meanwhile() -> None:
        with lock:
            busy.append(Delivery.objects.filter(state=State.SENDING).count())
        time.sleep(0.02)

    press.meanwhile = meanwhile
    story = a_story(world)
    many, few = planned(world.pia, story, 8), planned(world.poul, story, 3)
    Dispatcher(calls=4, poll=0.05).run_out()
    texts = [one.share.text for one in [*many, *few]]
    assert len(press.printed) == 9
    assert set(press.printed) == {*texts[:6], *texts[8:]}
    hers = [text for text in press.printed if text in texts[:8]]
    assert hers == texts[:6]
    assert max(busy) <= 2
    states = list(Delivery.objects.order_by("pk").values_list("state", "problem"))
    assert states == [("published", "")] * 6 + [("waiting", "quota")] * 2 + [("published", "")] * 3
    assert Attempt.objects.count() == 9


@pytest.mark.django_db(transaction=True)
def test_dispatcher_that_is_told_to_stop_gives_back_what_it_has_not_begun(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = press_stands(monkeypatch)
    press = network.publisher
    assert isinstance(press, Press)
    inside, go_on = threading.Event(), threading.Event()

    def meanwhile() -> None:
        inside.set()
        go_on.wait(5)

    press.meanwhile = meanwhile
    story = a_story(world)
    first, second = planned(world.pia, story, 1)[0], planned(world.poul, story, 1)[0]
    dispatcher = Dispatcher(calls=1, poll=0.05)
    dispatcher.start()
    assert inside.wait(5)
    dispatcher.take_no_more()
    go_on.set()
    assert dispatcher.stop(5)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == State.PUBLISHED
    assert (second.state, second.lease_owner, second.lease_until) == (State.DUE, "", None)


@pytest.mark.django_db(transaction=True)
def test_answer_in_hand_outlives_a_database_that_restarts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is cut while the network answers: what it said is stored with the next one."""
    network = press_stands(monkeypatch)
    press = network.publisher
    assert isinstance(press, Press)
    monkeypatch.setattr("genlyd.sharing.actions.publish.STORE_AGAIN", 0.05)

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            (pid,) = cursor.fetchone()
        assert connection.connection is not None
        with connection.copy().cursor() as other:
            other.execute("select pg_terminate_backend(%s)", [pid])

    press.meanwhile = cut
    [mine] = planned(world.pia, a_story(world), 1)
    deliver(mine.pk, worker="w", timing=Timing())
    mine.refresh_from_db()
    assert mine.state == State.PUBLISHED
    assert len(press.printed) == 1
