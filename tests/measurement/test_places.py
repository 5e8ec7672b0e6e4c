from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import translation

from genlyd.links.countries import Country, clicks_by_country
from genlyd.links.models import CountryDay
from genlyd.measurement.queries.places import places_of
from genlyd.people.models import Organisation
from tests.measurement.makers import a_kpi
from tests.world import World, today_there

AskAs = Callable[..., Client]
TODAY = today_there()


def came(house: Organisation, days_ago: int = 1, **clicks: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    for country, count in clicks.items():
        CountryDay.objects.create(
            organisation_id=house.pk, day=day, country=country.strip("_"), human_clicks=count
        )


def test_clicks_are_summed_by_country_within_the_days(world: World) -> None:
    came(world.fjordkraft, DK=7, SE=2)
    came(world.fjordkraft, days_ago=2, SE=9, NO=0)
    came(world.fjordkraft, days_ago=9, DK=1000)
    came(world.havblik, DK=500)
    first, last = TODAY - timedelta(days=3), TODAY
    assert clicks_by_country(world.fjordkraft, first, last) == [Country("SE", 11), Country("DK", 7)]


def test_few_clicks_name_no_country(world: World) -> None:
    came(world.fjordkraft, DK=90, SE=5, NO=4, IS=1)
    places = places_of(world.period, TODAY)
    assert places is not None
    assert (places.named, places.others, places.total) == ([Country("DK", 90), Country("SE", 5)], 5, 100)
    assert places_of(world.period, TODAY - timedelta(days=5)) is None


def test_country_is_named_in_the_readers_language() -> None:
    with translation.override("da"):
        assert [Country(code, 1).name for code in ("DE", "XX")] == ["Tyskland", "XX"]
    with translation.override("en"):
        assert Country("DE", 1).name == "Germany"


def test_board_shows_countries_where_there_are_some(world: World, as_member: AskAs) -> None:
    a_kpi(world.period)
    url = f"/figures/{world.period.pk}/"
    assert "Where visitors are" not in as_member(world.lene).get(url).content.decode()
    came(world.fjordkraft, DK=90, SE=2)
    html = as_member(world.lene).get(url).content.decode()
    assert "Where visitors are" in html
    assert "Denmark" in html
    assert "Sweden" not in html
    assert "Others" in html
