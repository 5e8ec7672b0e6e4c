from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from genlyd.notifications.models import Mail
from genlyd.people.actions.joining import address_of, open_join_link
from genlyd.people.actions.members import mark_as_left
from genlyd.people.models import JoinLink, Member
from tests.world import World

AsMember = Callable[..., Client]


@pytest.fixture
def link(world: World, fresh_limits: None) -> str:
    address = address_of(open_join_link(organisation=world.fjordkraft, by=world.alma))
    return "/" + address.split("/", 3)[3]


def test_join_link_takes_a_proved_address_at_an_allowed_domain(
    link: str, world: World, link_mailed_to: Callable[[str], str]
) -> None:
    visitor = Client()
    asked = visitor.post(link, {"name": "Ida  Lund", "email": "Ida@Fjordkraft.example"})
    assert "on its way to" in asked.content.decode()
    assert not Member.objects.filter(email="ida@fjordkraft.example").exists()
    assert visitor.post(link_mailed_to("ida@"), {"password": ""}).status_code == 302
    member = Member.objects.get(email="ida@fjordkraft.example")
    assert (member.name, member.organisation, member.role_kinds) == (
        "Ida Lund",
        world.fjordkraft,
        {"participant"},
    )


def test_join_link_refuses_other_domains(link: str) -> None:
    page = Client().post(link, {"name": "Eve", "email": "eve@fjordkraft.example.evil.example"})
    assert "@fjordkraft.example" in page.content.decode()
    assert not Mail.objects.exists()


def test_join_link_answers_the_same_for_members_and_strangers(link: str, world: World) -> None:
    pages = [
        Client().post(link, {"name": "X", "email": email}).content.decode().replace(email, "")
        for email in ("pia@fjordkraft.example", "new1@fjordkraft.example")
    ]
    assert len({page.split("<main")[1] for page in pages}) == 1


def test_claim_that_was_changed_or_has_expired_is_refused(
    link: str, link_mailed_to: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().post(link, {"name": "Ida", "email": "ida@fjordkraft.example"})
    claim = link_mailed_to("ida@")
    assert Client().get(claim[:-3] + "xx/").status_code == 403
    monkeypatch.setattr("genlyd.people.actions.joining.MAIL_LASTS", timedelta(seconds=-1))
    assert "expired" in Client().get(claim).content.decode()


def test_closed_link_takes_nobody(
    link: str, world: World, as_member: AsMember, link_mailed_to: Callable[[str], str]
) -> None:
    Client().post(link, {"name": "Ida", "email": "ida@fjordkraft.example"})
    as_member(world.alma).post("/organisation/join-link/close/")
    assert Client().get(link).status_code == 403
    assert Client().post(link_mailed_to("ida@"), {"password": ""}).status_code == 403
    assert JoinLink.objects.filter(closed_at=None, expires_at__gt=timezone.now()).count() == 0


def test_who_has_left_does_not_come_back_by_link(
    link: str, world: World, link_mailed_to: Callable[[str], str], as_member: AsMember
) -> None:
    mark_as_left(member=world.pia, by=world.alma)
    Client().post(link, {"name": "Pia", "email": world.pia.email})
    answer = as_member(world.pia.user).post(link_mailed_to(world.pia.email))
    assert "have left" in answer.content.decode()


def test_asking_too_often_is_stopped(link: str) -> None:
    visitor = Client()
    answers = [
        visitor.post(link, {"name": "Ida", "email": "ida@fjordkraft.example"}).status_code for _n in range(6)
    ]
    assert answers == [200] * 5 + [429]


def test_link_needs_domains_first(world: World, as_member: AsMember) -> None:
    world.fjordkraft.email_domains = []
    world.fjordkraft.save()
    page = as_member(world.alma).post("/organisation/join-link/open/", follow=True)
    assert "Say first which e-mail domains are yours." in page.content.decode()
