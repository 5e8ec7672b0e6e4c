from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from genlyd.programmes.actions import close_period, name_owner
from genlyd.programmes.models import Owner, Period, Programme, Seat
from tests.world import World, a_member, today_there

As = Callable[[Any], Client]
DAY = today_there()
PERIOD = {
    "name": "Spring", "goal": "Forty technicians", "starts_on": DAY.isoformat(),
    "ends_on": (DAY + timedelta(days=90)).isoformat(), "sub_goals": "One\n\nTwo", "focus_areas": "Culture",
}  # fmt: skip


def pages(world: World) -> list[str]:
    programme, period = world.programme.pk, world.period.pk
    return [
        reverse("programmes:list"),
        reverse("programmes:new"),
        reverse("programmes:programme", args=[programme]),
        reverse("programmes:edit", args=[programme]),
        reverse("programmes:new_period", args=[programme]),
        reverse("programmes:edit_period", args=[period]),
        reverse("programmes:team", args=[period]),
        reverse("programmes:owners", args=[period]),
        reverse("programmes:owner", args=[period, "kpis"]),
    ]


def test_pages_for_leads_and_nobody_else(world: World, as_member: As) -> None:
    for url in pages(world):
        assert as_member(world.lene).get(url).status_code == 200, url
        assert as_member(world.alma).get(url).status_code == 200, url
        assert as_member(world.pia).get(url).status_code == 404, url
        assert as_member(None).get(url).status_code == 302, url
    for url in pages(world)[2:]:
        assert as_member(world.oda).get(url).status_code == 404, url


@pytest.mark.parametrize(
    "name", ["open_period", "delete_period", "add_member", "add_team", "leave_seat", "restore_seat"]
)
def test_deeds_are_posted(world: World, as_member: As, name: str) -> None:
    url = reverse(f"programmes:{name}", args=[world.period.pk])
    assert as_member(world.lene).get(url).status_code == 405
    assert as_member(world.pia).post(url).status_code == 404
    assert as_member(world.oda).post(url).status_code == 404


def test_create_programme_leads_on_to_its_first_period(world: World, as_member: As) -> None:
    answer = as_member(world.lene).post(
        reverse("programmes:new"), {"name": "Be known", "goal_kind": "branding", "goal": ""}
    )
    programme = Programme.objects.get(name="Be known")
    assert answer.headers["Location"] == reverse("programmes:new_period", args=[programme.pk])


def test_own_goal_without_words_is_answered_in_the_form(world: World, as_member: As) -> None:
    answer = as_member(world.lene).post(reverse("programmes:new"), {"name": "X", "goal_kind": "own"})
    assert answer.status_code == 422
    assert "Say your goal in a sentence." in answer.content.decode()


def test_draft_period_from_the_form(world: World, as_member: As) -> None:
    answer = as_member(world.lene).post(reverse("programmes:new_period", args=[world.programme.pk]), PERIOD)
    period = Period.objects.get(name="Spring")
    assert answer.headers["Location"] == reverse("home:period", args=[period.pk])
    assert [row.text for row in period.sub_goals.all()] == ["One", "Two"]


def test_period_that_ends_before_it_begins(world: World, as_member: As) -> None:
    answer = as_member(world.lene).post(
        reverse("programmes:new_period", args=[world.programme.pk]), {**PERIOD, "ends_on": "2020-01-01"}
    )
    assert answer.status_code == 422
    assert "before the first" in answer.content.decode()


def test_open_from_draft(world: World, as_member: As) -> None:
    close_period(world.period, by=world.lene, review_finished=True)
    as_member(world.lene).post(reverse("programmes:new_period", args=[world.programme.pk]), PERIOD)
    period = Period.objects.get(name="Spring")
    url = reverse("programmes:open_period", args=[period.pk])
    refused = as_member(world.lene).post(url, follow=True)
    assert "Nobody is in the team yet." in refused.content.decode()
    Seat.objects.create(period=period, member=world.pia)
    as_member(world.lene).post(url)
    period.refresh_from_db()
    assert period.state == "open"


def test_team_search_finds_those_without_a_seat(world: World, as_member: As) -> None:
    url = reverse("programmes:team", args=[world.period.pk])
    answer = as_member(world.lene).get(url, {"find": "erik"})
    assert [member.name for member in answer.context["found"]] == ["Erik Fjordkraft"]
    assert as_member(world.lene).get(url, {"find": "pia"}).context["found"] == []
    assert as_member(world.lene).get(url, {"team": world.havblik.pk + 999}).context["found"] == []


def test_add_remove_undo(world: World, as_member: As) -> None:
    client, period = as_member(world.lene), world.period.pk
    client.post(reverse("programmes:add_member", args=[period]), {"member": world.erik.pk})
    seat = Seat.objects.get(member=world.erik, left_at=None)
    answer = client.post(reverse("programmes:leave_seat", args=[seat.pk]), follow=True)
    assert "Erik Fjordkraft is no longer in the team." in answer.content.decode()
    client.post(reverse("programmes:restore_seat", args=[seat.pk]))
    assert Seat.objects.filter(member=world.erik, left_at=None).exists()


def test_nobody_of_another_house_can_be_added(world: World, as_member: As) -> None:
    url = reverse("programmes:add_member", args=[world.period.pk])
    assert as_member(world.lene).post(url, {"member": world.oda.pk}).status_code == 404
    assert as_member(world.lene).post(url, {"member": "x"}).status_code == 404


def test_owner_is_named_and_taken_back(world: World, as_member: As) -> None:
    url = reverse("programmes:owner", args=[world.period.pk, "kpis"])
    client = as_member(world.lene)
    client.post(url, {"member": world.poul.pk})
    assert Owner.objects.get(period=world.period).member == world.poul
    client.post(url, {"release": "1"})
    assert not Owner.objects.filter(period=world.period).exists()
    assert client.post(url, {"member": world.oda.pk}).status_code == 404
    assert client.get(reverse("programmes:owner", args=[world.period.pk, "king"])).status_code == 404


def test_team_never_lists_who_has_not_agreed(world: World, as_member: As) -> None:
    world.pia.consents.all().delete()
    text = as_member(world.lene).get(reverse("programmes:team", args=[world.period.pk])).content.decode()
    assert "1 has not said yes yet" in text
    assert text.count("not said yes") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(world: World, as_member: As, django_assert_num_queries: Any, rows: int) -> None:
    for number in range(1, rows):
        programme = Programme.objects.create(
            organisation=world.fjordkraft, name=f"More {number}", goal_kind="leads"
        )
        Period.objects.create(
            organisation=world.fjordkraft, programme=programme, name="a", starts_on=DAY, ends_on=DAY
        )
    client = as_member(world.lene)
    with django_assert_num_queries(7):
        client.get(reverse("programmes:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_team(world: World, as_member: As, django_assert_num_queries: Any, rows: int) -> None:
    Seat.objects.filter(member=world.poul).delete()
    for number in range(rows - 1):
        Seat.objects.create(period=world.period, member=a_member(world.fjordkraft, f"M{number}"))
    client = as_member(world.lene)
    with django_assert_num_queries(10):
        client.get(reverse("programmes:team", args=[world.period.pk]), {"find": "fjord"})


def test_a_named_owner_shows_on_the_page(world: World, as_member: As) -> None:
    name_owner(world.period, duty="sponsor", member=world.alma, by=world.lene)
    text = as_member(world.lene).get(reverse("programmes:owners", args=[world.period.pk])).content.decode()
    assert "Alma Fjordkraft" in text
