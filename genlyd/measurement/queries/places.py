"""Where visitors are, as far as it is known and says something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from genlyd.links.countries import Country, clicks_by_country
from genlyd.programmes.models import Period

#: Countries with fewer clicks than this are not named: a single click from far away is somebody's holiday.
LEAST_CLICKS = 5
#: Countries named; the rest are "others".
MOST_NAMED = 6


@dataclass(frozen=True)
class Places:
    named: list[Country]
    others: int
    total: int


def places_of(period: Period, day: date) -> Places | None:
    """Of all the organisation's links, from the period's first day to `day`. None where nothing is known."""
    known = clicks_by_country(period.organisation, period.starts_on, day)
    if not known:
        return None
    named = [country for country in known if country.clicks >= LEAST_CLICKS][:MOST_NAMED]
    total = sum(country.clicks for country in known)
    return Places(named, total - sum(country.clicks for country in named), total)
