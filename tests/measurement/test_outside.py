"""Visits of links outside posts on a period's board: beside the KPIs, never in them, and nobody's own alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from genlyd.links.models import Link
from genlyd.measurement.queries import visits
from genlyd.measurement.queries.outside import MOST_NAMED, outside_of
from tests.links.makers import a_house_link, an_own_link, visited
from tests.measurement.makers import a_kpi, a_share, a_story
from tests.world import World, a_member, today_there

AskAs = Callable[..., Client]
TODAY = today_there()


def a_poster(world: World, name: str, people: int = 0, **fields: object) -> Link:
    link = a_house_link(world, label=name, made_for=world.period.pk, **fields)
    if people:
        visited(link, people=people, days_ago=1)
    return link


def own_links(world: World, people: int) -> list[Link]:
    theirs = [a_member(world.fjordkraft, f"Mia{number}") for number in range(people)]
    links = [an_own_link(member, made_for=world.period.pk) for member in theirs]
    for link in links:
        visited(link, people=3, days_ago=1)
    return links


def test_links_of_the_house_are_named_most_visited_first(world: World) -> None:
    assert outside_of(world.period, TODAY) is None
    a_poster(world, "Nothing yet")
    a_poster(world, "Poster", people=4)
    stand = a_poster(world, "Stand", people=9)
    visited(stand, people=2, programs=7, days_ago=3)
    visited(stand, people=100, days_ago=31)
    found = outside_of(world.period, TODAY)
    assert found is not None
    assert [(one.link.name, one.visits) for one in found.named] == [
        ("Stand", 11),
        ("Poster", 4),
        ("Nothing yet", 0),
    ]
    assert (found.total, found.others, found.people) == (15, 0, None)


def test_what_is_not_named_is_one_sum(world: World) -> None:
    for number in range(MOST_NAMED + 2):
        a_poster(world, f"Poster {number}", people=number + 1)
    found = outside_of(world.period, TODAY)
    assert found is not None
    assert (len(found.named), found.others, found.of_others) == (MOST_NAMED, 2, 1 + 2)


def test_peoples_own_links_are_a_sum_from_five_people_on(world: World) -> None:
    own_links(world, 4)
    assert outside_of(world.period, TODAY) is None
    a_poster(world, "Poster", people=1)
    few = outside_of(world.period, TODAY)
    assert few is not None
    assert (few.people, few.of_people, few.total) == (None, None, 1)
    # A second link of one of the four is no fifth person.
    an_own_link(Link.objects.exclude(member=None).first().member, made_for=world.period.pk)  # type: ignore[union-attr]
    assert outside_of(world.period, TODAY) == few
    fifth = an_own_link(world.poul, made_for=world.period.pk)
    visited(fifth, people=5, days_ago=2)
    enough = outside_of(world.period, TODAY)
    assert enough is not None
    assert (enough.people, enough.of_people, enough.total) == (5, 4 * 3 + 5, 18)


def test_another_period_takes_the_links_visits_along(world: World) -> None:
    link = a_poster(world, "Poster", people=4)
    Link.objects.filter(pk=link.pk).update(made_for=world.period.pk + 1000)
    assert outside_of(world.period, TODAY) is None


def test_kpis_do_not_hear_of_them(world: World) -> None:
    a_share(world.pia, a_story(world), visits=7)
    before = visits.by_network(world.period, TODAY)
    a_poster(world, "Poster", people=4)
    own_links(world, 5)
    assert visits.by_network(world.period, TODAY) == before == {"linkedin": 7}


def test_the_board_shows_them_and_leads_who_edits_to_the_link(world: World, as_member: AskAs) -> None:
    a_kpi(world.period)
    url = f"/figures/{world.period.pk}/"
    assert "Outside posts" not in as_member(world.lene).get(url).content.decode()
    link = a_poster(world, "Stand at the fair", people=9)
    own_links(world, 5)
    lene, pia = (as_member(member).get(url).content.decode() for member in (world.lene, world.pia))
    for page in (lene, pia):
        assert "Outside posts" in page
        assert "Stand at the fair" in page
        assert "Mail signatures and badges of 5 people, together" in page
        assert "Mia0" not in page
    assert f'href="/links/{link.pk}/"' in lene
    assert f'href="/links/{link.pk}/"' not in pia


def test_a_board_without_kpis_shows_them_too(world: World, as_member: AskAs) -> None:
    a_poster(world, "Stand at the fair", people=9)
    page = as_member(world.pia).get(f"/figures/{world.period.pk}/").content.decode()
    assert "No figures yet" in page
    assert "Stand at the fair" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_the_same_however_many(
    rows: int, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_poster(world, f"Poster {number}", people=number)
    own_links(world, 4 + rows)
    with django_assert_num_queries(6):
        outside_of(world.period, TODAY + timedelta(days=1))
