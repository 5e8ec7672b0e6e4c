"""Networks with quotas and prices of their own, for the tests of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from genlyd.networks.contract import Network
from genlyd.networks.domain.price import Prices
from genlyd.networks.domain.quota import Quota
from genlyd.networks.linkedin import LINKEDIN

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_network(*quotas: Quota, **fields: Any) -> Network:
    return replace(LINKEDIN, key="counting", quotas=quotas, **fields)


def with_prices(**of: int) -> Network:
    prices = Prices(
        of={"text": 15_000, "link": 200_000, **of}, checked_on=date(2026, 4, 16), source="https://x.example"
    )
    return a_network(prices=prices)
