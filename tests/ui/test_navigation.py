from __future__ import annotations

import pytest
from django.test import RequestFactory

from genlyd.ui import navigation
from genlyd.ui.navigation import Group, Item, Navigation, shown


def asked(path, member):
    request = RequestFactory().get(path)
    request.member = member
    return Navigation(request)


def test_a_page_that_does_not_exist_is_not_shown(world):
    assert shown([Item("x", "nowhere:at-all", "house")], world.lene, "/") == []


def test_a_page_that_needs_an_argument_is_not_shown(world):
    assert shown([Item("x", "ui:brand_css", "house")], world.lene, "/") == []


def test_a_page_of_another_role_is_not_shown(world):
    item = Item("x", "ui:manifest", "house", ("administrator",))
    assert shown([item], world.pia, "/") == []
    assert len(shown([item], world.alma, "/")) == 1


def test_the_nearest_item_is_the_current_one(world, monkeypatch):
    monkeypatch.setattr(navigation, "address", {"a": "/", "b": "/what/", "c": "/what/feeds/"}.get)
    items = [Item("a", "a", "house"), Item("b", "b", "house"), Item("c", "c", "house")]
    assert [i.label for i in shown(items, world.lene, "/what/feeds/3/") if i.current] == ["c"]
    assert [i.label for i in shown(items, world.lene, "/what/7/") if i.current] == ["b"]
    assert [i.label for i in shown(items, world.lene, "/") if i.current] == ["a"]
    assert [i.label for i in shown(items, world.lene, "/else/") if i.current] == []


def test_an_empty_group_is_not_shown(world, monkeypatch):
    monkeypatch.setattr(navigation, "LEAD", (Group("Nothing", (Item("x", "nowhere:x", "house"),)),))
    assert asked("/", world.lene).lead() == []


def test_nobody_has_nowhere_to_go():
    nobody = asked("/", None)
    assert (nobody.participant(), nobody.lead(), nobody.leads()) == ([], [], False)


@pytest.mark.parametrize(("who", "leads"), [("pia", False), ("erik", True), ("lene", True), ("alma", True)])
def test_only_who_leads_something_sees_the_way_there(world, who, leads):
    assert asked("/", getattr(world, who)).leads() is leads


def test_every_icon_of_the_navigation_exists():
    from genlyd.ui.icons import svg

    for item in [*navigation.PARTICIPANT, *(i for group in navigation.LEAD for i in group.items)]:
        assert svg(item.icon)


@pytest.mark.parametrize("who", ["erik", "lene", "alma"])
def test_the_way_to_leading_ends_on_a_page_the_person_may_see(client, world, who):
    member = getattr(world, who)
    client.force_login(member.user)
    assert client.get(asked("/", member).lead_home()).status_code == 200
