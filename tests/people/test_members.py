from collections.abc import Callable

import pytest
from django.test import Client

from genlyd.base.errors import Refused
from genlyd.base.models import AuditEntry
from genlyd.people.actions.members import add_member, bring_back, mark_as_left
from genlyd.people.actions.roles import set_roles
from genlyd.people.models import Member, Team
from genlyd.people.queries import members_of, taking_part
from genlyd.programmes.queries import find_members
from tests.world import World

AsMember = Callable[..., Client]


def found(asker: Member, **filters: object) -> list[str]:
    return [member.first_name for member in members_of(asker, **filters)]


def test_list_shows_only_colleagues(world: World) -> None:
    assert found(world.lene) == ["Alma", "Erik", "Lene", "Pia", "Poul"]
    assert found(world.oda) == ["Oda"]


def test_list_is_searched_filtered_and_sorted(world: World) -> None:
    below = Team.objects.create(
        organisation=world.fjordkraft, kind="department", name="Offshore", parent=world.wind
    )
    Member.objects.filter(pk=world.erik.pk).update(department=below)
    assert found(world.lene, search="PIA fjord") == ["Pia"]
    assert found(world.lene, search="poul@") == ["Poul"]
    assert found(world.lene, department=world.wind.pk) == ["Erik", "Pia", "Poul"]
    assert found(world.lene, location=world.esbjerg.pk) == ["Pia"]
    assert found(world.lene, role="lead") == ["Lene"]
    assert found(world.lene, state="new") == []
    assert found(world.lene, sort="-name")[0] == "Poul"
    mark_as_left(member=world.pia, by=world.alma)
    assert found(world.lene, state="left") == ["Pia"]
    assert "Pia" not in found(world.lene)


DANISH = ["Eva", "Éva", "Ewald", "zebra", "Ærø", "Østergaard", "Ågesen", "Aase"]


def test_names_stand_in_danish_order(world: World) -> None:
    for number, name in enumerate(sorted(DANISH)):
        add_member(organisation=world.havblik, name=name, email=f"n{number}@havblik.example", by=world.oda)
    before, after = DANISH[:3], DANISH[3:]
    assert found(world.oda) == [*before, "Oda", *after]
    assert found(world.oda, sort="-name")[:6] == [*reversed(after), "Oda"]
    mine = Member.objects.filter(organisation=world.havblik)
    assert [member.first_name for member in mine] == [*before, "Oda", *after]
    assert [row.first_name for row in find_members(world.havblik, search="s")] == after[-3:]


def test_order_of_a_name_follows_the_name(world: World) -> None:
    world.pia.name = "Åse"
    world.pia.save()
    assert found(world.lene)[-1] == "Åse"
    Member.objects.filter(pk=world.pia.pk).update(name="Aa")
    assert found(world.lene)[-1] == "Aa"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(
    world: World, as_member: AsMember, django_assert_num_queries: Callable, rows: int
) -> None:
    Member.objects.filter(pk__in=[world.alma.pk, world.erik.pk][: 3 - rows or None]).update(
        left_at="2026-01-01T00:00Z"
    )
    for n in range(rows):
        add_member(organisation=world.havblik, name=f"N{n}", email=f"n{n}@havblik.example", by=world.oda)
    oda = as_member(world.oda)
    with django_assert_num_queries(9):
        oda.get("/people/?q=havblik")


def test_htmx_gets_only_the_table(world: World, as_member: AsMember) -> None:
    part = as_member(world.lene).get("/people/?q=pia", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "Pia" in part
    assert "Poul" not in part


@pytest.mark.parametrize(
    "query", ["department=x", "department=99999999999999999999", "page=9999", "sort=evil", "q=%00"]
)
def test_list_survives_nonsense_in_the_address(world: World, as_member: AsMember, query: str) -> None:
    assert as_member(world.lene).get(f"/people/?{query}").status_code == 200


def test_lead_sees_who_somebody_is_but_cannot_change_them(world: World, as_member: AsMember) -> None:
    lene = as_member(world.lene)
    page = lene.get(f"/people/{world.pia.pk}/").content.decode()
    assert "pia@fjordkraft.example" in page
    assert f"/people/{world.pia.pk}/roles/" not in page
    for part in ("edit", "roles", "leave", "back"):
        assert lene.post(f"/people/{world.pia.pk}/{part}/").status_code == 404


def test_administrator_adds_edits_and_invites(world: World, as_member: AsMember) -> None:
    alma = as_member(world.alma)
    said = {
        "name": "Ida Lund",
        "email": "Ida@fjordkraft.example",
        "department": world.wind.pk,
        "invite": "on",
    }
    alma.post("/people/new/", said)
    ida = Member.objects.get(email="ida@fjordkraft.example")
    assert (ida.department, ida.invitations.count(), ida.role_kinds) == (world.wind, 1, {"participant"})
    again = alma.post("/people/new/", said)
    assert "already here" in again.content.decode()
    alma.post(f"/people/{ida.pk}/edit/", {"name": "Ida Holm", "email": ida.email, "title": "Montør"})
    ida.refresh_from_db()
    assert (ida.name, ida.title, ida.department) == ("Ida Holm", "Montør", None)


def test_team_of_another_organisation_cannot_be_chosen(world: World, as_member: AsMember) -> None:
    theirs = Team.objects.create(organisation=world.havblik, kind="department", name="Dyb")
    page = as_member(world.alma).post(
        "/people/new/", {"name": "Ida", "email": "ida@fjordkraft.example", "department": theirs.pk}
    )
    assert page.status_code == 200
    assert not Member.objects.filter(email="ida@fjordkraft.example").exists()


def test_roles_are_given_and_taken_with_a_trace(world: World, as_member: AsMember) -> None:
    as_member(world.alma).post(f"/people/{world.pia.pk}/roles/", {"roles": ["editor"]})
    assert set(world.pia.roles.values_list("kind", flat=True)) == {"editor"}
    trace = (
        AuditEntry.objects.filter(verb__startswith="role.").order_by("pk").values_list("verb", "detail__role")
    )
    assert list(trace) == [("role.taken", "participant"), ("role.given", "editor")]


def test_last_administrator_keeps_the_role_and_stays(world: World) -> None:
    with pytest.raises(Refused):
        set_roles(member=world.alma, kinds={"lead"}, by=world.alma)
    with pytest.raises(Refused):
        mark_as_left(member=world.alma, by=world.alma)
    set_roles(member=world.lene, kinds={"lead", "administrator"}, by=world.alma)
    set_roles(member=world.alma, kinds={"lead"}, by=world.alma)
    assert set(world.alma.roles.values_list("kind", flat=True)) == {"lead"}


def test_administrator_who_never_signed_in_does_not_count(world: World) -> None:
    ida = add_member(organisation=world.fjordkraft, name="Ida", email="ida@fjordkraft.example", by=world.alma)
    set_roles(member=ida, kinds={"administrator"}, by=world.alma)
    with pytest.raises(Refused):
        set_roles(member=world.alma, kinds=set(), by=world.alma)


def test_who_has_left_is_out_until_brought_back(world: World, as_member: AsMember) -> None:
    pia = as_member(world.pia)
    mark_as_left(member=world.pia, by=world.alma)
    assert pia.get("/me/").headers["Location"] == "/no-membership/"
    assert world.pia not in taking_part(world.fjordkraft)
    bring_back(member=world.pia, by=world.alma)
    assert pia.get("/me/").status_code == 200
    assert world.pia not in taking_part(world.fjordkraft)  # consent is the person's to give again


def test_stranger_is_told_that_they_belong_nowhere(world: World, as_member: AsMember) -> None:
    client = as_member(world.stranger)
    assert client.get("/people/").headers["Location"] == "/no-membership/"
    assert client.get("/no-membership/").status_code == 200
