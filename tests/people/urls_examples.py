from django.utils import timezone

from genlyd.people.models import Member, PeopleImport
from tests.world import World


def an_import(world: World) -> PeopleImport:
    return PeopleImport.objects.create(
        organisation=world.fjordkraft, uploaded_by=world.alma, file_name="folk.csv", uploaded_at=timezone.now(),
        content=b"navn;e-mail\nIda;ida@fjordkraft.example\n",
    )  # fmt: skip


def a_picture(world: World) -> str:
    Member.objects.filter(pk=world.pia.pk).update(picture="people/abc.jpg")
    return "abc.jpg"


EXAMPLES = {
    **{
        f"people:{name}": lambda world: {"pk": world.pia.pk}
        for name in ("member", "member_edit", "member_roles", "member_leave", "member_back", "member_invite",
                     "member_withdraw")
    },
    **{f"people:{name}": lambda world: {"pk": world.wind.pk} for name in ("team", "team_delete")},
    **{
        f"people:import_{name}": lambda world: {"pk": an_import(world).pk}
        for name in ("preview", "confirm", "discard", "faults")
    },
    "people:picture": lambda world: {"name": a_picture(world)},
}  # fmt: skip
NOT_OWNED = {
    "people:setup_with_code": "there is no organisation yet; test_setup asks",
    "people:accept": "the mailed token is the permission; test_invitations asks",
    "people:join": "the link is the permission; test_joining asks",
    "people:join_confirm": "the mailed, signed claim is the permission; test_joining asks",
}
