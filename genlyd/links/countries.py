"""Clicks by country: what the country file told, summed by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.db.models import Sum
from django.utils.translation import get_language

from genlyd.links.models import CountryDay
from genlyd.people.models import Organisation

LANGUAGES = ("da", "en")


@dataclass(frozen=True)
class Country:
    #: ISO 3166, two letters.
    code: str
    #: Human clicks (C_h).
    clicks: int

    @property
    def name(self) -> str:
        """In the reader's language; the code where it has none."""
        language = (get_language() or "en")[:2]
        return _names().get(self.code, {}).get(language, self.code)


def clicks_by_country(organisation: Organisation, first: date, last: date) -> list[Country]:
    """Most first. Empty without a country file, or where the organisation does not want countries."""
    rows = (
        CountryDay.objects.filter(organisation_id=organisation.pk, day__range=(first, last))
        .exclude(country="")
        .values("country")
        .annotate(clicks=Sum("human_clicks"))
        .order_by("-clicks", "country")
    )
    return [Country(row["country"], row["clicks"]) for row in rows if row["clicks"]]


@cache
def _names() -> dict[str, dict[str, str]]:
    lines = files("genlyd.links").joinpath("data/countries.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {code: dict(zip(LANGUAGES, names, strict=True)) for code, *names in rows}
