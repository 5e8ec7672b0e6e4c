from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from genlyd.base.errors import Refused
from genlyd.content.access import meant_for
from genlyd.content.models import Story
from genlyd.people.actions.teams import change_team, create_team, delete_team
from genlyd.people.models import Team
from genlyd.people.queries import team_paths
from tests.content.cast import a_story
from tests.world import World


def a_team(world: World, name: str, parent: Team | None = None) -> Team:
    return create_team(
        organisation=world.fjordkraft, kind="department", name=name, parent=parent, by=world.alma
    )


def test_teams_make_a_tree_of_paths(world: World) -> None:
    a_team(world, "Offshore", world.wind)
    assert list(team_paths(world.fjordkraft.pk, "department").values()) == ["Wind", "Wind > Offshore"]


def test_teams_stand_in_danish_order(world: World) -> None:
    for name in ("Ågesvej", "Ørsted", "Ærø", "Zink"):
        a_team(world, name)
    inside = ["Wind", "Zink", "Ærø", "Ørsted", "Ågesvej"]
    assert list(team_paths(world.fjordkraft.pk, "department").values()) == inside
    assert [
        team.name for team in Team.objects.filter(organisation=world.fjordkraft, kind="department")
    ] == inside


def test_name_is_unique_at_its_place_only(world: World) -> None:
    sea = a_team(world, "Sea")
    a_team(world, "Night", sea)
    a_team(world, "Night", world.wind)
    with pytest.raises(Refused):
        a_team(world, "Night", sea)


def test_team_cannot_move_below_itself(world: World) -> None:
    child = a_team(world, "Child", world.wind)
    grandchild = a_team(world, "Grandchild", child)
    for below in (world.wind, child, grandchild):
        with pytest.raises(Refused):
            change_team(team=world.wind, name="Wind", parent=below, by=world.alma)


def test_team_with_people_or_teams_in_it_is_not_deleted(world: World) -> None:
    for team in (world.wind, world.esbjerg):
        with pytest.raises(Refused):
            delete_team(team=team, by=world.alma)
    empty = a_team(world, "Empty")
    a_team(world, "Inside", empty)
    with pytest.raises(Refused):
        delete_team(team=empty, by=world.alma)


def test_team_that_stories_are_meant_for_is_kept(world: World, as_member: Callable[..., Client]) -> None:
    team = a_team(world, "Empty")
    story = a_story(world.erik, "only for some", audience=[team])
    with pytest.raises(Refused, match="stories meant for Empty"):
        delete_team(team=team, by=world.alma)
    # The database refuses too, whoever asks.
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; delete from people_team where id = %s", [team.pk])
    world.alma.user.language = "da"
    world.alma.user.save()
    page = as_member(world.alma).post(f"/organisation/teams/{team.pk}/delete/", follow=True)
    assert "Der er historier til Empty." in page.content.decode()
    assert Team.objects.filter(pk=team.pk).exists()
    assert not meant_for(Story.objects.filter(pk=story.pk), world.poul).exists()
    story.audience.clear()
    delete_team(team=team, by=world.alma)
    assert not Team.objects.filter(pk=team.pk).exists()


def test_administrator_creates_renames_moves_and_deletes(
    world: World, as_member: Callable[..., Client]
) -> None:
    alma = as_member(world.alma)
    alma.post("/organisation/departments/", {"name": "Sea > deep", "parent": world.wind.pk})
    team = Team.objects.get(name="Sea deep")
    alma.post(f"/organisation/teams/{team.pk}/", {"name": "Sea", "parent": ""})
    team.refresh_from_db()
    assert (team.name, team.parent) == ("Sea", None)
    assert "Sea" in alma.get("/organisation/departments/").content.decode()
    alma.post(f"/organisation/teams/{team.pk}/delete/")
    assert not Team.objects.filter(pk=team.pk).exists()
    refused = alma.post(f"/organisation/teams/{world.wind.pk}/delete/", follow=True)
    assert "not empty" in refused.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_tree_asks_as_much_for_three_as_for_one(
    world: World, as_member: Callable[..., Client], django_assert_num_queries: Callable, rows: int
) -> None:
    for n in range(rows - 1):
        a_team(world, f"Team {n}")
    alma = as_member(world.alma)
    with django_assert_num_queries(7):
        alma.get("/organisation/departments/")
