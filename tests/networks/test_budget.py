from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from genlyd.networks import budget
from genlyd.networks.budget import OverBudget
from genlyd.networks.contract import MADE
from genlyd.networks.domain.outcome import Kind
from genlyd.networks.models import Spending
from tests.networks.quota_makers import NOON, a_network, with_prices
from tests.sharing.makers import an_account
from tests.world import World, build_world

PAID = with_prices()
DOLLAR = 1_000_000


def allow(world: World, monthly: int, **fields: object) -> None:
    budget.set_budget(organisation=world.fjordkraft, network=PAID, monthly=monthly, **fields)  # type: ignore[arg-type]


def test_without_a_budget_nothing_is_spent(world: World) -> None:
    with pytest.raises(OverBudget) as refused:
        budget.reserve(PAID, world.fjordkraft.pk, 1, now=NOON)
    outcome = refused.value.outcome
    assert (outcome.kind, outcome.problem) == (Kind.WAIT, "budget")
    assert refused.value.until == datetime(2026, 12, 1, tzinfo=UTC)
    assert budget.standing(PAID, world.fjordkraft.pk, now=NOON).monthly is None


def test_link_costs_more_than_text(world: World) -> None:
    assert budget.price_of_post(PAID, world.fjordkraft.pk, "Godmorgen") == 15_000
    assert budget.price_of_post(PAID, world.fjordkraft.pk, "Se https://go.example/2") == 200_000
    assert budget.price_of_post(a_network(), world.fjordkraft.pk, "Se https://go.example/2") == 0


def test_reserving_stops_hard_at_the_limit(world: World) -> None:
    allow(world, 400_000)
    for _ in range(2):
        budget.reserve(PAID, world.fjordkraft.pk, 200_000, now=NOON)
    with pytest.raises(OverBudget):
        budget.reserve(PAID, world.fjordkraft.pk, 1, now=NOON)
    assert budget.standing(PAID, world.fjordkraft.pk, now=NOON).left == 0


def test_first_reservation_of_a_month_must_fit_too(world: World) -> None:
    allow(world, 100)
    with pytest.raises(OverBudget):
        budget.reserve(PAID, world.fjordkraft.pk, 101, now=NOON)
    assert not Spending.objects.exists()


def test_new_month_begins_in_utc(world: World) -> None:
    allow(world, 200_000)
    budget.reserve(PAID, world.fjordkraft.pk, 200_000, now=datetime(2026, 11, 30, 23, 59, tzinfo=UTC))
    budget.reserve(PAID, world.fjordkraft.pk, 200_000, now=datetime(2026, 12, 1, tzinfo=UTC))
    assert list(Spending.objects.order_by("month").values_list("month", flat=True)) == [
        date(2026, 11, 1), date(2026, 12, 1),
    ]  # fmt: skip


def test_what_is_given_back_can_be_spent_again(world: World) -> None:
    allow(world, 200_000)
    budget.reserve(PAID, world.fjordkraft.pk, 200_000, now=NOON)
    budget.give_back(PAID, world.fjordkraft.pk, 200_000, at=NOON)
    budget.reserve(PAID, world.fjordkraft.pk, 200_000, now=NOON)


def test_lowered_budget_stops_at_once_and_raised_one_goes_on(world: World) -> None:
    allow(world, 500_000)
    budget.reserve(PAID, world.fjordkraft.pk, 400_000, now=NOON)
    allow(world, 100_000)
    with pytest.raises(OverBudget):
        budget.reserve(PAID, world.fjordkraft.pk, 1, now=NOON)
    assert budget.standing(PAID, world.fjordkraft.pk, now=NOON).left == 0
    allow(world, 600_000)
    budget.reserve(PAID, world.fjordkraft.pk, 200_000, now=NOON)


def test_prices_an_administrator_has_read_go_before_those_shipped(world: World) -> None:
    shipped = budget.standing(PAID, world.fjordkraft.pk, now=NOON)
    assert shipped.checked_on == date(2026, 4, 16)
    allow(world, DOLLAR, prices={"link": 250_000}, checked_on=date(2026, 11, 20))
    standing = budget.standing(PAID, world.fjordkraft.pk, now=NOON)
    assert (dict(standing.prices), standing.checked_on) == (
        {"text": 15_000, "link": 250_000}, date(2026, 11, 20),
    )  # fmt: skip


def test_reads_are_paid_from_the_same_budget(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    account = an_account(world.pia)
    monkeypatch.setitem(MADE, account.network, with_prices(read_post=5_000))
    allow(world, 12_000)
    budget.spend(account, "read_post", 2)
    with pytest.raises(OverBudget):
        budget.spend(account, "read_post")


def test_other_organisation_has_its_own(world: World) -> None:
    allow(world, DOLLAR)
    with pytest.raises(OverBudget):
        budget.reserve(PAID, world.havblik.pk, 1, now=NOON)


def test_database_refuses_more_than_the_budget(world: World) -> None:
    allow(world, 100)
    budget.reserve(PAID, world.fjordkraft.pk, 100, now=NOON)
    with pytest.raises(IntegrityError, match="budget_is_kept"), transaction.atomic():
        Spending.objects.update(spent=101)


@pytest.mark.django_db(transaction=True)
def test_any_number_of_workers_together_spend_exactly_the_budget() -> None:
    world = build_world()
    allow(world, 25 * 15_000)
    reserved: list[int] = []
    start = threading.Barrier(6)

    def work() -> None:
        start.wait()
        try:
            for _ in range(8):
                try:
                    with transaction.atomic():
                        budget.reserve(PAID, world.fjordkraft.pk, 15_000, now=NOON)
                except OverBudget:
                    continue
                reserved.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reserved) == 25
    assert Spending.objects.get().spent == 25 * 15_000
