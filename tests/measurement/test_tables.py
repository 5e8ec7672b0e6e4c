from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from genlyd.measurement.queries import tables
from genlyd.people.models import Team
from tests.measurement.makers import a_share, a_story, colleagues
from tests.world import World, today_there

TODAY = today_there()


def test_group_of_four_is_hidden_and_group_of_five_is_shown(world: World) -> None:
    story = a_story(world)
    for number, network in ((5, "linkedin"), (4, "x"), (5, "facebook")):
        for member in colleagues(world, number):
            a_share(member, story, visits=2, network=network)
    for member in colleagues(world, 3):
        a_share(member, story, visits=1, network="bluesky")
    rows = {row.key: row for row in tables.per_network(world.period, TODAY)}
    assert (rows["linkedin"].shares, rows["linkedin"].visits, rows["linkedin"].per_share) == (5, 10, 2)
    assert rows["x"].hidden
    assert rows["x"].visits is None
    assert rows["bluesky"].hidden


def test_hidden_group_cannot_be_worked_out_from_the_total(world: World) -> None:
    story = a_story(world)
    for member in colleagues(world, 9):
        a_share(member, story, visits=2, network="linkedin")
    for member in colleagues(world, 6):
        a_share(member, story, visits=2, network="facebook")
    a_share(world.pia, story, visits=7, network="x")
    rows = {row.key: row for row in tables.per_network(world.period, TODAY)}
    assert rows["x"].hidden
    assert rows["facebook"].hidden, "9 of 16 shown; 7 people are behind the rest"
    assert not rows["linkedin"].hidden


def test_departments_are_shown_from_five_people_in_the_team(world: World) -> None:
    sales = Team.objects.create(organisation=world.fjordkraft, kind="department", name="Sales")
    lab = Team.objects.create(organisation=world.fjordkraft, kind="department", name="Laboratory")
    sellers, story = colleagues(world, 6, department=sales), a_story(world)
    colleagues(world, 3, department=lab)
    for member in sellers[:5]:
        a_share(member, story, visits=3)
    [row] = tables.per_department(world.period, TODAY)
    assert (row.label, row.people, row.sharers, row.visits) == ("Sales", 6, 5, 15)


def test_few_sharers_of_a_large_department_stay_hidden(world: World) -> None:
    sales = Team.objects.create(organisation=world.fjordkraft, kind="department", name="Sales")
    sellers = colleagues(world, 6, department=sales)
    colleagues(world, 5)  # hidden in place of Pia and Poul, who are only two
    a_share(sellers[0], a_story(world), visits=3)
    rows = {row.label: row for row in tables.per_department(world.period, TODAY)}
    assert rows["Sales"].people == 6
    assert rows["Sales"].hidden


def test_stories_carry_their_sentence(world: World) -> None:
    story = a_story(world, "We grow.")
    for member in colleagues(world, 5):
        a_share(member, story)
    [row] = tables.per_story(world.period, TODAY)
    assert (row.label, row.shares, row.visits, row.per_share) == ("We grow.", 5, 0, None)


def a_row(label: str, visits: int | None) -> tables.Row:
    return tables.Row(label, label, None, visits, visits, visits, None, None)


def test_sorting_puts_hidden_rows_last_either_way() -> None:
    rows = [a_row("b", 1), a_row("a", None), a_row("c", 9)]
    assert [row.label for row in tables.sort_rows(rows, "-visits")] == ["c", "b", "a"]
    assert [row.label for row in tables.sort_rows(rows, "visits")] == ["b", "c", "a"]
    assert [row.label for row in tables.sort_rows(rows, "label")] == ["a", "b", "c"]
    assert [row.label for row in tables.sort_rows(rows, "nonsense; drop")] == ["c", "b", "a"]


def test_tables_of_many_shares_are_read_once_for_a_while(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_KEPT", {})
    monkeypatch.setattr(tables, "MANY", 2)
    story = a_story(world)
    for shares in (1, 2, 2):
        a_share(world.pia, story)
        tables.per_network(world.period, TODAY)
        kept = [rows for rows, _until in tables._KEPT.values()]
        assert len(kept) == (shares > 1)
    with CaptureQueriesContext(connection) as asked:
        tables.per_network(world.period, TODAY)
    assert len(asked) == 0
    monkeypatch.setattr(tables, "LASTS", 0.0)
    monkeypatch.setattr(tables, "_KEPT", {})
    tables.per_network(world.period, TODAY)
    with CaptureQueriesContext(connection) as asked:
        tables.per_network(world.period, TODAY)
    assert len(asked) > 0
