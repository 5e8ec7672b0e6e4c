"""What a network charges for, in millionths of its currency: a price of $0.015 is 15 000."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from genlyd.networks.domain.urls import find_urls

MICROS = 1_000_000


def has_address(text: str) -> bool:
    return bool(find_urls(text))


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What each kind of thing costs, and when and where somebody last looked it up.

    The keys "text" and "link" are what a post costs without and with an address in it; a network may name more.
    """

    of: Mapping[str, int]
    checked_on: date
    source: str
    currency: str = "USD"
    has_link: Callable[[str], bool] = has_address

    def kind(self, text: str) -> str:
        return "link" if self.has_link(text) else "text"


def month_of(at: datetime) -> date:
    """Networks bill by the month, in UTC."""
    return at.astimezone(UTC).date().replace(day=1)


def next_month(at: datetime) -> datetime:
    month = month_of(at)
    year, number = (month.year + 1, 1) if month.month == 12 else (month.year, month.month + 1)  # noqa: PLR2004
    return datetime(year, number, 1, tzinfo=UTC)
