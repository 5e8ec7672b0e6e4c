"""What a network allows and what a budget allows, at the moment of the claim."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from genlyd.networks import budget
from genlyd.networks.domain.outcome import Kind, Outcome
from genlyd.networks.domain.price import Prices
from genlyd.networks.domain.quota import Quota
from genlyd.networks.facts import BudgetChanged
from genlyd.networks.models import QuotaUse, Spending
from genlyd.sharing.actions.publish import deliver
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import Attempt, Delivery
from genlyd.sharing.reactions import try_again_with_the_new_budget
from genlyd.sharing.words import standing
from tests.sharing.makers import WORDS, a_delivery, a_story, an_account
from tests.sharing.press import press_stands
from tests.world import World

PRICES = Prices(
    of={"text": 15_000, "link": 200_000}, checked_on=date(2026, 4, 16), source="https://x.example"
)
ONE = Quota(key="hour", most=1, window=timedelta(hours=1))


def two_posts(world: World) -> tuple[Delivery, Delivery]:
    account, story = an_account(world.pia), a_story(world, url="")
    first = a_delivery(world.pia, story, account, text=f"{WORDS} En.")
    return first, a_delivery(world.pia, story, account, text=f"{WORDS} To.")


def run(delivery: Delivery) -> Delivery:
    deliver(delivery.pk, worker="test")
    delivery.refresh_from_db()
    return delivery


@pytest.mark.django_db(transaction=True)
def test_post_beyond_the_quota_waits_until_the_window_has_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = press_stands(monkeypatch, quotas=(ONE,))
    first, second = two_posts(world)
    assert run(first).state == State.PUBLISHED
    run(second)
    assert (second.state, second.problem, second.attempt_count) == (State.WAITING, "quota", 0)
    assert second.not_before is not None
    assert timedelta(minutes=58) < second.not_before - timezone.now() < timedelta(minutes=63)
    assert len(network.publisher.printed) == 1  # type: ignore[union-attr]
    assert Attempt.objects.filter(delivery=second).count() == 0
    assert QuotaUse.objects.get().counted == 1


def test_person_reads_only_until_when_it_waits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    press_stands(monkeypatch)
    _first, second = two_posts(world)
    second.state, second.problem = State.WAITING, "quota"
    second.not_before = datetime(2026, 11, 23, 14, 4, 40, tzinfo=UTC)
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 11, 23))
    shown = standing(second.share, second, now=timezone.now())
    assert str(shown.label) == "Waiting until 2:05 p.m."
    assert shown.sentence == ""


@pytest.mark.django_db(transaction=True)
def test_money_is_reserved_with_the_claim(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = press_stands(monkeypatch, prices=PRICES)
    budget.set_budget(organisation=world.fjordkraft, network=network, monthly=20_000)
    first, second = two_posts(world)
    assert run(first).state == State.PUBLISHED
    assert Attempt.objects.get().price == 15_000
    run(second)
    assert (second.state, second.problem) == (State.WAITING, "budget")
    assert Spending.objects.get().spent == 15_000
    assert "share it yourself" in str(standing(second.share, second, now=timezone.now()).sentence)


@pytest.mark.django_db(transaction=True)
def test_money_comes_back_when_nothing_was_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = press_stands(monkeypatch, prices=PRICES)
    budget.set_budget(organisation=world.fjordkraft, network=network, monthly=20_000)
    network.publisher.answer = Outcome(kind=Kind.NOT_SENT, problem="unreachable")  # type: ignore[union-attr]
    first, _second = two_posts(world)
    assert run(first).state == State.READY
    assert Spending.objects.get().spent == 0


@pytest.mark.django_db(transaction=True)
def test_money_stays_spent_while_nobody_knows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = press_stands(monkeypatch, prices=PRICES)
    budget.set_budget(organisation=world.fjordkraft, network=network, monthly=20_000)
    network.publisher.answer = Outcome(kind=Kind.UNKNOWN, problem="unconfirmed")  # type: ignore[union-attr]
    first, _second = two_posts(world)
    assert run(first).state == State.UNKNOWN
    assert Spending.objects.get().spent == 15_000


@pytest.mark.django_db(transaction=True)
def test_without_a_budget_nothing_that_costs_is_posted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = press_stands(monkeypatch, prices=PRICES)
    first, _second = two_posts(world)
    assert run(first).state == State.WAITING
    assert network.publisher.printed == []  # type: ignore[union-attr]


@pytest.mark.django_db(transaction=True)
def test_post_goes_out_when_the_budget_is_raised(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = press_stands(monkeypatch, prices=PRICES)
    first, _second = two_posts(world)
    run(first)
    budget.set_budget(organisation=world.fjordkraft, network=network, monthly=15_000)
    try_again_with_the_new_budget(BudgetChanged(organisation_id=world.fjordkraft.pk, network="bluesky"))
    assert run(first).state == State.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_account_is_never_called_twice_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    network = press_stands(monkeypatch, quotas=(Quota(key="day", most=5),))
    first, second = two_posts(world)
    seen: list[str] = []

    def meanwhile() -> None:
        if not seen:
            seen.append("first is being sent")
            seen.append(run(second).state)

    network.publisher.meanwhile = meanwhile  # type: ignore[union-attr]
    assert run(first).state == State.PUBLISHED
    assert seen[1] == State.READY
    assert QuotaUse.objects.get().counted == 1
    assert run(second).state == State.PUBLISHED
