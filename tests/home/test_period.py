from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from genlyd.home.words import MISSING
from genlyd.programmes.actions import close_period, draft_next_period, name_owner
from genlyd.programmes.domain import checklist
from genlyd.programmes.models import Period, Seat
from genlyd.rules.actions import seed_rules
from tests.world import World, a_member

As = Callable[[Any], Client]


def page(world: World) -> str:
    return reverse("home:period", args=[world.period.pk])


def test_period_page_for_lead_and_participant(world: World, as_member: As) -> None:
    assert as_member(world.lene).get(page(world)).status_code == 200
    assert as_member(world.pia).get(page(world)).status_code == 200
    for outsider in (world.erik, world.oda):
        assert as_member(outsider).get(page(world)).status_code == 404
    assert as_member(None).get(page(world)).status_code == 302
    assert as_member(world.lene).post(page(world)).status_code == 405


def test_period_page_says_the_next_missing_thing(world: World, as_member: As) -> None:
    Period.objects.filter(pk=world.period.pk).update(goal="Forty technicians")
    for duty in ("sponsor", "content", "rules"):
        name_owner(world.period, duty=duty, member=world.lene, by=world.lene)
    text = as_member(world.lene).get(page(world)).content.decode()
    assert "Who takes part?" in text
    assert "No focus area yet." in text
    assert "The guidelines are not published yet." in text
    assert "No KPI has been chosen yet." in text


def test_draft_shows_the_opening_checklist(world: World, as_member: As) -> None:
    close_period(world.period, by=world.lene, review_finished=True)
    draft = draft_next_period(world.period, name="Next", by=world.lene)
    url = reverse("home:period", args=[draft.pk])
    assert "Before you open it" in as_member(world.lene).get(url).content.decode()
    Period.objects.filter(pk=draft.pk).update(goal="Forty more")
    assert "Ready to open" in as_member(world.lene).get(url).content.decode()


def test_nearest_period(world: World, as_member: As) -> None:
    url = reverse("home:period")
    assert as_member(world.lene).get(url).headers["Location"] == page(world)
    assert as_member(world.erik).get(url).headers["Location"] == reverse("home:today")
    assert as_member(world.oda).get(url).headers["Location"] == reverse("programmes:list")


def test_every_missing_thing_has_words() -> None:
    import inspect
    import re

    keys = set(re.findall(r'Missing\(\w+, "(\w+)"', inspect.getsource(checklist)))
    keys |= {"review_not_finished", "no_decisions"}
    assert keys == set(MISSING)


@pytest.mark.parametrize("seats", [1, 3])
def test_queries_of_the_period_page(
    world: World, as_member: As, django_assert_num_queries: Any, seats: int
) -> None:
    for number in range(seats):
        Seat.objects.create(period=world.period, member=a_member(world.fjordkraft, f"M{number}"))
    seed_rules(world.fjordkraft)
    client = as_member(world.lene)
    with django_assert_num_queries(18):
        client.get(page(world))
