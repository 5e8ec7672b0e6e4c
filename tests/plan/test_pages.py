from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.content.models import Story
from genlyd.plan.actions import add_line
from genlyd.plan.models import PlanLine
from tests.world import World, a_member, today_there

As = Callable[[Any], Client]
DAY = today_there()


def a_line(world: World, **given: Any) -> PlanLine:
    values = {"title": "The mast", "due_on": DAY, "responsible": world.pia, **given}
    return add_line(world.period, by=world.erik, **values)


def test_plan_is_for_editors(world: World, as_member: As) -> None:
    line = a_line(world)
    for url in (
        reverse("plan:calendar"),
        reverse("plan:list", args=[world.period.pk]),
        reverse("plan:new", args=[world.period.pk]),
        reverse("plan:colleagues", args=[world.period.pk]),
        reverse("plan:edit", args=[line.pk]),
    ):
        assert as_member(world.erik).get(url).status_code == 200, url
        assert as_member(world.lene).get(url).status_code == 200, url
        assert as_member(world.pia).get(url).status_code == 404, url
        assert as_member(None).get(url).status_code == 302, url
        if url != reverse("plan:calendar"):
            assert as_member(world.oda).get(url).status_code == 404, url


def test_the_responsible_person_sees_and_finishes_their_line(world: World, as_member: As) -> None:
    line = a_line(world)
    url = reverse("plan:line", args=[line.pk])
    assert as_member(world.pia).get(url).status_code == 200
    assert as_member(world.poul).get(url).status_code == 404
    assert as_member(world.oda).get(url).status_code == 404
    done = reverse("plan:done", args=[line.pk])
    assert as_member(world.pia).get(done).status_code == 405
    assert as_member(world.poul).post(done).status_code == 404
    assert as_member(world.pia).post(done, {"back": "mine"}).headers["Location"] == reverse("plan:mine")
    line.refresh_from_db()
    assert line.done_by == world.pia
    assert as_member(world.pia).post(reverse("plan:delete", args=[line.pk])).status_code == 404


def test_mine_lists_what_has_my_name_on_it(world: World, as_member: As) -> None:
    a_line(world)
    assert "The mast" in as_member(world.pia).get(reverse("plan:mine")).content.decode()
    assert "The mast" not in as_member(world.poul).get(reverse("plan:mine")).content.decode()


@pytest.mark.parametrize("written", ["Pia Fjordkraft", "pia fj", "Pia Fjordkraft (pia@fjordkraft.example)"])
def test_responsible_by_name_or_address(world: World, as_member: As, written: str) -> None:
    answer = as_member(world.erik).post(
        reverse("plan:new", args=[world.period.pk]),
        {"title": "Mast", "due_on": DAY.strftime("%d-%m-%Y"), "responsible": written},
    )
    assert answer.status_code == 302
    line = PlanLine.objects.get()
    assert (line.responsible, line.due_on) == (world.pia, DAY)


@pytest.mark.parametrize(
    ("written", "says"),
    [("Fjordkraft", "Several colleagues"), ("Oda", "No colleague"), ("oda@havblik.example", "No")],
)
def test_responsible_that_is_nobody_or_several(world: World, as_member: As, written: str, says: str) -> None:
    answer = as_member(world.erik).post(
        reverse("plan:new", args=[world.period.pk]),
        {"title": "Mast", "due_on": DAY.isoformat(), "responsible": written},
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_namesakes_are_told_apart(world: World, as_member: As) -> None:
    other = a_member(world.fjordkraft, "Pia2")
    other.name = "Pia Fjordkraft"
    other.save()
    url = reverse("plan:new", args=[world.period.pk])
    values = {"title": "Mast", "due_on": DAY.isoformat(), "responsible": "Pia Fjordkraft"}
    assert as_member(world.erik).post(url, values).status_code == 422
    values["responsible"] = "Pia Fjordkraft (pia2@fjordkraft.example)"
    assert as_member(world.erik).post(url, values).status_code == 302


def test_delete_with_undo(world: World, as_member: As) -> None:
    line = a_line(world)
    client = as_member(world.erik)
    answer = client.post(reverse("plan:delete", args=[line.pk]), follow=True)
    client.post(reverse("plan:restore"), {"kept": answer.context["removed"]})
    assert PlanLine.objects.get().title == "The mast"


def test_list_is_kind_about_what_is_late(world: World, as_member: As) -> None:
    a_line(world, due_on=DAY - timedelta(days=3))
    a_line(world, title="Far", due_on=DAY + timedelta(days=40))
    text = as_member(world.erik).get(reverse("plan:list", args=[world.period.pk])).content.decode()
    assert "Past their day: are they done, or do they need a new one?" in text
    assert text.index("The mast") < text.index("Far")


def test_calendar_shows_lines_and_stories(world: World, as_member: As) -> None:
    a_line(world)
    now = timezone.now()
    Story.objects.create(
        organisation=world.fjordkraft, sentence="A tower rises", language="da", published_at=now, not_before=now,
        expires_at=now + timedelta(minutes=2),
    )  # fmt: skip
    Story.objects.create(
        organisation=world.havblik, sentence="Not yours", language="da", published_at=now, not_before=now
    )
    text = as_member(world.erik).get(reverse("plan:calendar")).content.decode()
    assert "The mast" in text
    assert text.count("A tower rises") == 2
    assert "Not yours" not in text
    assert as_member(world.erik).get(reverse("plan:calendar"), {"month": "2031-02"}).context["is_empty"]


def rows_of(world: World, count: int) -> None:
    for number in range(count):
        a_line(world, title=f"Line {number}", responsible=a_member(world.fjordkraft, f"M{number}"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(world: World, as_member: As, django_assert_num_queries: Any, rows: int) -> None:
    rows_of(world, rows)
    client = as_member(world.erik)
    with django_assert_num_queries(7):
        client.get(reverse("plan:list", args=[world.period.pk]))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_calendar(
    world: World, as_member: As, django_assert_num_queries: Any, rows: int
) -> None:
    rows_of(world, rows)
    client = as_member(world.erik)
    with django_assert_num_queries(8):
        client.get(reverse("plan:calendar"))
