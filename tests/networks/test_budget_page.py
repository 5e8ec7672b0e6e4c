"""What an administrator allows a network to cost: on the page of its set-up, for their own organisation alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from genlyd.base import clock
from genlyd.base.models import AuditEntry
from genlyd.networks.budget import reserve, standing
from genlyd.networks.models import Budget
from genlyd.networks.registry import NETWORKS
from tests.world import World

AsMember = Callable[..., Client]
X = NETWORKS["x"]
PAGE = "/networks/set-up/x/"
PRICES = {
    "price_text": "0.015", "price_link": "0.20", "price_read_post": "0.005", "price_read_person": "0.01",
    "price_alt_text": "0.005", "price_delete": "0.01",
}  # fmt: skip


def save(client: Client, **fields: str):
    return client.post(f"{PAGE}budget/", {"monthly": "80", **PRICES, **fields}, follow=True)


def test_a_sum_is_kept_and_shown_with_what_is_left(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    assert "Without a sum nothing is posted" in alma.get(PAGE).content.decode()
    save(alma, monthly="12.50")
    reserve(X, world.fjordkraft.pk, 200_000)
    page = alma.get(PAGE).content.decode()
    assert "12.30 USD" in page
    assert 'value="12.50"' in page
    assert 'value="0.015"' in page
    kept = Budget.objects.get()
    assert (kept.monthly, kept.prices, kept.prices_checked_on) == (12_500_000, {}, None)
    assert AuditEntry.objects.filter(verb="network_budget.saved").exists()


def test_prices_that_differ_are_dated_today(world: World, as_member: AsMember) -> None:
    save(as_member(world.alma), price_link="0.25")
    month = standing(X, world.fjordkraft.pk)
    assert (month.prices["link"], month.prices["text"]) == (250_000, 15_000)
    assert month.checked_on == clock.today(world.fjordkraft.time_zone)


@pytest.mark.parametrize("fields", [{"monthly": "-1"}, {"monthly": "a lot"}, {"price_link": ""}])
def test_nonsense_saves_nothing(world: World, as_member: AsMember, fields: dict[str, str]) -> None:
    assert "Nothing was saved" in save(as_member(world.alma), **fields).content.decode()
    assert not Budget.objects.exists()


def test_only_administrators_and_only_their_own(world: World, as_member: AsMember) -> None:
    for who in (world.pia, world.lene):
        assert as_member(who).post(f"{PAGE}budget/", PRICES).status_code in {403, 404}
    save(as_member(world.oda))
    assert not Budget.objects.filter(organisation=world.fjordkraft).exists()


def test_a_network_without_prices_has_no_budget(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    assert alma.post("/networks/set-up/linkedin/budget/", PRICES).status_code == 404
    assert "What it may spend" not in alma.get("/networks/set-up/linkedin/").content.decode()
    assert alma.get(f"{PAGE}budget/").status_code == 405
