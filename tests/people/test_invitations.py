from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from genlyd.base.facts import _REACTIONS
from genlyd.notifications.models import Mail
from genlyd.people.actions.invitations import invite
from genlyd.people.actions.members import add_member, edit_member
from genlyd.people.models import Invitation, Member, User
from tests.world import World

AsMember = Callable[..., Client]
PASSWORD = {"password": "seks grønne cykler"}


def ida(world: World, **fields: object) -> Member:
    return add_member(
        organisation=world.fjordkraft,
        name="Ida Lund",
        email="ida@fjordkraft.example",
        by=world.alma,
        **fields,
    )


def test_invited_colleague_comes_in_by_the_mailed_link(
    world: World, link_mailed_to: Callable[[str], str]
) -> None:
    member = ida(world)
    assert invite(members=[member], by=world.alma) == 1
    link, visitor = link_mailed_to("ida@"), Client()
    assert "Fjordkraft" in visitor.get(link).content.decode()
    assert visitor.post(link, {"password": ""}).headers["Location"] == "/me/"
    member.refresh_from_db()
    assert member.user.email == "ida@fjordkraft.example"
    assert member.joined_at is not None
    assert not member.user.has_usable_password()
    # A participant is asked for consent before anything else.
    assert visitor.get("/me/").headers["Location"] == "/consent/?next=/me/"[:9] + "?next=%2Fme%2F"


def test_only_the_hash_of_the_token_is_kept(world: World, link_mailed_to: Callable[[str], str]) -> None:
    invite(members=[ida(world)], by=world.alma)
    token = link_mailed_to("ida@").strip("/").split("/")[-1]
    assert token not in str(Invitation.objects.values_list().get())


def test_invitation_works_once(world: World, link_mailed_to: Callable[[str], str]) -> None:
    invite(members=[ida(world)], by=world.alma)
    link = link_mailed_to("ida@")
    Client().post(link, PASSWORD)
    again = Client().post(link, PASSWORD)
    assert again.status_code == 403
    assert "has been used" in again.content.decode()


def test_expired_withdrawn_and_made_up_invitations_say_so(
    world: World, as_member: AsMember, link_mailed_to: Callable[[str], str]
) -> None:
    member = ida(world)
    invite(members=[member], by=world.alma)
    link = link_mailed_to("ida@")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "expired" in Client().get(link).content.decode()
    as_member(world.alma).post(f"/people/{member.pk}/withdraw-invitation/")
    assert "no longer valid" in Client().get(link).content.decode()
    made_up = Client().get("/invitation/made-up/")
    assert (made_up.status_code, "not one of ours" in made_up.content.decode()) == (403, True)


def test_sending_again_ends_the_older_link(world: World, link_mailed_to: Callable[[str], str]) -> None:
    member = ida(world)
    invite(members=[member], by=world.alma)
    older = link_mailed_to("ida@")
    invite(members=[member], by=world.alma)
    assert Client().get(older).status_code == 403
    assert Client().get(link_mailed_to("ida@")).status_code == 200


def test_wrong_account_is_told_and_changes_nothing(
    world: World, as_member: AsMember, link_mailed_to: Callable[[str], str]
) -> None:
    member = ida(world)
    invite(members=[member], by=world.alma)
    answer = as_member(world.poul).post(link_mailed_to("ida@"))
    assert answer.status_code == 403
    assert "poul@fjordkraft.example" in answer.content.decode()
    member.refresh_from_db()
    assert member.user is None


def test_who_has_an_account_signs_in_first_and_keeps_it(
    world: World, as_member: AsMember, link_mailed_to: Callable[[str], str]
) -> None:
    member = add_member(organisation=world.havblik, name="Pia", email=world.pia.email, by=world.oda)
    invite(members=[member], by=world.oda)
    link = link_mailed_to(world.pia.email)
    assert "Sign in first" in Client().post(link, PASSWORD).content.decode()
    pia = as_member(world.pia)
    assert pia.post(link).status_code == 302
    member.refresh_from_db()
    assert member.user == world.pia.user
    # She now belongs to two organisations and may switch between them.
    assert pia.get("/me/").wsgi_request.member == member
    pia.post("/switch/", {"member": world.pia.pk})
    assert pia.get("/me/").wsgi_request.member == world.pia
    assert pia.post("/switch/", {"member": world.oda.pk}).status_code == 404


def test_lead_invites_from_the_list_those_ticked_or_all(world: World, as_member: AsMember) -> None:
    first = ida(world)
    second = add_member(
        organisation=world.fjordkraft, name="Bo", email="bo@fjordkraft.example", by=world.alma
    )
    lene = as_member(world.lene)
    lene.post("/people/invite/", {"member": [first.pk, world.pia.pk, world.oda.pk]})
    assert list(Mail.objects.filter(kind="people.invitation").values_list("member", flat=True)) == [first.pk]
    lene.post("/people/invite/", {"everybody": "1"})
    invited = Mail.objects.filter(kind="people.invitation").order_by("pk").values_list("member", flat=True)
    assert list(invited) == [first.pk, second.pk]


def test_joining_is_told_to_the_areas_above(world: World, link_mailed_to: Callable[[str], str]) -> None:
    told = []
    _REACTIONS["genlyd.people.facts.MemberJoined"]["tried"] = told.append
    try:
        from procrastinate.contrib.django.models import ProcrastinateJob

        invite(members=[ida(world)], by=world.alma)
        Client().post(link_mailed_to("ida@"), PASSWORD)
        jobs = [job.args["fact"] for job in ProcrastinateJob.objects.filter(queue_name="facts")]
        assert "genlyd.people.facts.MemberJoined" in jobs
    finally:
        del _REACTIONS["genlyd.people.facts.MemberJoined"]["tried"]


def test_without_mail_a_password_must_be_chosen(
    world: World, link_mailed_to: Callable[[str], str], settings: object
) -> None:
    settings.SMTP_HOST = ""
    invite(members=[ida(world)], by=world.alma)
    assert Client().post(link_mailed_to("ida@"), {"password": ""}).status_code == 200
    assert not User.objects.filter(email="ida@fjordkraft.example").exists()


def test_invitation_to_an_old_address_does_not_prove_a_new_one(
    world: World, link_mailed_to: Callable[[str], str]
) -> None:
    member = ida(world)
    invite(members=[member], by=world.alma)
    link = link_mailed_to("ida@")
    edit_member(member=member, by=world.alma, email="somebody.else@havblik.example")
    assert Client().post(link, PASSWORD).status_code == 403
    assert not User.objects.filter(email="somebody.else@havblik.example").exists()
