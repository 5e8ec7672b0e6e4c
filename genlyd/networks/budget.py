"""Money: what a network's API charges is kept within what the organisation allows for a month.

An organisation without a budget for a network spends nothing there. To use a network that charges:

    Network(..., prices=Prices(of={"text": 15_000, "link": 200_000}, checked_on=date(...), source="https://..."))

The claim (sharing.actions.publish) reserves the price of a post in its own transaction, before anything is sent, and
keeps it on the attempt; what was proven not sent is given back. Reads that cost something reserve for themselves:

    budget.spend(account, "read_post", number)         # raises OverBudget, a Failed; a kind of Prices.of

Pages: `set_budget` stores what an administrator allows, `standing` says how the month stands. All amounts are in
millionths (`domain.price.MICROS`) of the currency of `network.prices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from genlyd.base import clock
from genlyd.base.facts import record
from genlyd.networks.contract import MADE, Network
from genlyd.networks.domain.outcome import Failed, Kind, Outcome
from genlyd.networks.domain.price import month_of, next_month
from genlyd.networks.facts import BudgetChanged
from genlyd.networks.models import Account, Budget, Spending
from genlyd.people.models import Organisation

_RESERVE = """
INSERT INTO networks_spending AS s (organisation_id, network, month, most, spent)
SELECT %(organisation)s, %(network)s, %(month)s, b.monthly, %(amount)s FROM networks_budget b
WHERE b.organisation_id = %(organisation)s AND b.network = %(network)s AND %(amount)s <= b.monthly
ON CONFLICT (organisation_id, network, month) DO UPDATE SET spent = s.spent + excluded.spent, most = excluded.most
WHERE s.spent + excluded.spent <= excluded.most
RETURNING spent
"""


class OverBudget(Failed):
    """The month's budget does not reach. Nothing was sent and nothing reserved; `until` a new month begins."""

    def __init__(self, network: Network, until: datetime, now: datetime) -> None:
        self.until = until
        super().__init__(Outcome(kind=Kind.WAIT, problem="budget", wait=until - now, error=network.key))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A month, in millionths. `monthly` None: nobody has allowed anything."""

    month: date
    monthly: int | None
    spent: int
    prices: Mapping[str, int]
    checked_on: date | None

    @property
    def left(self) -> int:
        return max((self.monthly or 0) - self.spent, 0)


def _budget(network: Network, organisation_id: int) -> Budget | None:
    return Budget.objects.filter(organisation_id=organisation_id, network=network.key).first()


def _prices(network: Network, budget: Budget | None) -> dict[str, int]:
    shipped = dict(network.prices.of) if network.prices else {}
    return {**shipped, **(budget.prices if budget else {})}


def price(network: Network, organisation_id: int, kind: str) -> int:
    """What one thing of this kind costs; 0 where the network charges nothing."""
    if network.prices is None:
        return 0
    return int(_prices(network, _budget(network, organisation_id)).get(kind, 0))


def price_of_post(network: Network, organisation_id: int, text: str) -> int:
    """What posting this text costs, as the network will see it."""
    if network.prices is None:
        return 0
    return price(network, organisation_id, network.prices.kind(text))


def reserve(network: Network, organisation_id: int, amount: int, *, now: datetime | None = None) -> None:
    """Take the amount from this month's budget, or raise OverBudget. Part of the caller's transaction."""
    if amount <= 0:
        return
    now = now or clock.now()
    values: dict[str, Any] = {
        "organisation": organisation_id, "network": network.key, "month": month_of(now), "amount": amount,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, values)
        if cursor.fetchone() is None:
            raise OverBudget(network, next_month(now), now)


def spend(account: Account, kind: str, number: int = 1) -> None:
    """Reserve what `number` things of this kind cost at the account's network. Raises OverBudget."""
    spend_for(account.organisation_id, account.network, kind, number)


def spend_for(organisation_id: int, network_key: str, kind: str, number: int = 1) -> None:
    """Like `spend`, where there is no account yet."""
    network = MADE[network_key]
    reserve(network, organisation_id, price(network, organisation_id, kind) * number)


def unspend(account: Account, kind: str, number: int, *, at: datetime) -> None:
    """Of what `spend` reserved at `at`, these were not charged."""
    network = MADE[account.network]
    amount = price(network, account.organisation_id, kind) * number
    give_back(network, account.organisation_id, amount, at=at)


def give_back(network: Network, organisation_id: int, amount: int, *, at: datetime) -> None:
    """What was reserved at `at` turned out not to be sent. Call once, in the transaction that stores the proof."""
    if amount <= 0:
        return
    Spending.objects.filter(
        organisation_id=organisation_id, network=network.key, month=month_of(at), spent__gte=amount
    ).update(spent=F("spent") - amount)


def set_budget(
    *,
    organisation: Organisation,
    network: Network,
    monthly: int,
    prices: Mapping[str, int] | None = None,
    checked_on: date | None = None,
) -> Budget:
    """What may be spent in a month from now on. `prices` replace those Genlyd came with, checked on that day.

    Less than what is spent already means: nothing more this month. Posts that waited for money hear of it.
    """
    with transaction.atomic():
        values: dict[str, object] = {"monthly": monthly, "changed_at": clock.now()}
        if prices is not None:
            values |= {"prices": dict(prices), "prices_checked_on": checked_on}
        budget, _made = Budget.objects.update_or_create(
            organisation=organisation, network=network.key, defaults=values
        )
        record(BudgetChanged(organisation_id=organisation.pk, network=network.key))
    return budget


def standing(network: Network, organisation_id: int, *, now: datetime | None = None) -> Standing:
    """Two queries."""
    month = month_of(now or clock.now())
    budget = _budget(network, organisation_id)
    spending = Spending.objects.filter(
        organisation_id=organisation_id, network=network.key, month=month
    ).first()
    shipped_on = network.prices.checked_on if network.prices else None
    return Standing(
        month=month,
        monthly=budget.monthly if budget else None,
        spent=spending.spent if spending else 0,
        prices=_prices(network, budget),
        checked_on=budget.prices_checked_on if budget and budget.prices_checked_on else shipped_on,
    )
