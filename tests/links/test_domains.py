"""Own domains, with a real name server on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.links import dns
from genlyd.links.actions import create_link
from genlyd.links.actions.domains import add_domain, check_domain, remove_domain
from genlyd.links.models import Domain, Link
from genlyd.links.tasks import check_domains
from genlyd.notifications.models import Mail
from tests.links.makers import a_domain, a_house_link
from tests.links.nameserver import NameServer, name_server
from tests.world import World

AskAs = Callable[..., Client]
HOST, PAGE = "go.fjordkraft.example", "/links/domains/"


@pytest.fixture
def names(settings) -> Iterator[NameServer]:
    settings.LINK_URL = "https://gl.example"
    with name_server() as server:
        settings.DNS_SERVER = server.address
        server.says("gl.example", "A", "192.0.2.1")
        yield server


def proves(names: NameServer, domain: Domain) -> None:
    names.says(domain.host, "CNAME", "gl.example")
    names.says(f"_genlyd.{domain.host}", "TXT", "v=other", f"genlyd-links={domain.proof}")


def test_a_domain_is_brought_proved_and_used(world: World, as_member: AskAs, names: NameServer) -> None:
    alma = as_member(world.alma)
    page = alma.post(PAGE, {"host": f" https://{HOST.upper()}/ "}).headers["Location"]
    domain = Domain.objects.get()
    shown = alma.get(page).content.decode()
    assert domain.host == HOST
    for words in (HOST, "gl.example", f"_genlyd.{HOST}", f"genlyd-links={domain.proof}"):
        assert words in shown
    alma.post(f"{page}check/")
    assert "TXT record is not there yet" in alma.get(page).content.decode()
    assert alma.post(f"{page}prefer/", {"preferred": "yes"}).status_code == 302
    domain.refresh_from_db()
    assert (domain.proved_at, domain.preferred) == (None, False)

    proves(names, domain)
    alma.post(f"{page}check/")
    alma.post(f"{page}prefer/", {"preferred": "yes"})
    link = create_link(organisation=world.fjordkraft, target="https://a.dk")
    assert link.url == f"https://{HOST}/{link.slug}"
    alma.post(f"{page}prefer/", {"preferred": "no"})
    assert create_link(organisation=world.fjordkraft, target="https://a.dk").domain is None


@pytest.mark.parametrize(
    "typed", ["127.0.0.1", "localhost", "gl.example", "go.dk:443", "a b.dk", "testserver"]
)
def test_what_is_no_public_name_is_refused_on_the_form(
    world: World, as_member: AskAs, names: NameServer, typed: str
) -> None:
    assert as_member(world.alma).post(PAGE, {"host": typed}).status_code == 422
    assert not Domain.objects.exists()
    assert names.asked == []


def test_only_administrators_see_domains(world: World, as_member: AskAs) -> None:
    domain = a_domain(world.fjordkraft)
    for colleague in (world.lene, world.erik, world.pia, world.oda):
        assert as_member(colleague).get(f"{PAGE}{domain.pk}/").status_code == 404
    assert as_member(world.lene).get(PAGE).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long(
    rows: int, world: World, as_member: AskAs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_domain(world.fjordkraft, f"go{number}.fjordkraft.example")
    alma = as_member(world.alma)
    alma.get(PAGE)
    with django_assert_num_queries(5):
        alma.get(PAGE)


def test_claiming_a_host_keeps_nobody_from_proving_it(world: World, names: NameServer) -> None:
    add_domain(by=world.oda, typed=HOST)
    ours = add_domain(by=world.alma, typed=HOST)
    proves(names, ours)
    assert check_domain(domain=ours, now=clock.now()).proved_at
    theirs = Domain.objects.get(organisation=world.havblik)
    names.says(f"_genlyd.{HOST}", "TXT", f"genlyd-links={theirs.proof}")
    with pytest.raises(Refused, match="Another organisation"):
        check_domain(domain=theirs, now=clock.now())
    theirs.refresh_from_db()
    assert theirs.proved_at is None
    theirs.delete()
    with pytest.raises(Refused, match="Another organisation"):
        add_domain(by=world.oda, typed=HOST)


def test_silence_of_the_dns_says_nothing(world: World, names: NameServer, monkeypatch) -> None:
    monkeypatch.setattr("genlyd.links.dns.PATIENCE", 0.2)
    domain = a_domain(world.fjordkraft)
    names.silent = True
    for days in (0, 30):
        check_domain(domain=domain, now=clock.now() + timedelta(days=days))
    domain.refresh_from_db()
    assert domain.proved_at
    assert (domain.problem, domain.failing_since) == ("no_answer", None)


def test_a_domain_without_its_records_is_told_about_and_then_no_longer_believed(
    world: World, names: NameServer
) -> None:
    domain, now = a_domain(world.fjordkraft, preferred=True), clock.now()

    def after(**passed: int) -> list[str]:
        check_domain(domain=domain, now=now + timedelta(**passed))
        domain.refresh_from_db()
        told = list(Mail.objects.order_by("pk").values_list("subject", flat=True))
        Mail.objects.all().delete()
        return told

    assert after(hours=0) == []
    assert domain.failing_since == now
    assert after(hours=25) == [f"{HOST} has lost its DNS records"]
    assert after(hours=26) == []
    assert domain.proved_at
    assert after(days=7) == [f"Links on {HOST} no longer work"]
    assert (domain.proved_at, domain.preferred) == (None, False)
    assert after(days=8) == []
    proves(names, domain)
    assert after(days=9) == []
    assert domain.proved_at
    assert (domain.problem, domain.failing_since) == ("", None)


def test_the_hourly_look_goes_on_when_one_domain_fails(world: World, names: NameServer, monkeypatch) -> None:
    broken, fine = (a_domain(world.fjordkraft, f"{name}.fjordkraft.example", proved_at=None) for name in "ab")
    proves(names, fine)

    def look(host: str, proof: str, *, asked: Callable[[str, str], object] = dns.look) -> object:
        if host == broken.host:
            raise RuntimeError("a bug")
        return asked(host, proof)

    monkeypatch.setattr("genlyd.links.dns.look", look)
    check_domains(0)
    fine.refresh_from_db()
    assert fine.proved_at


def test_removing_a_domain_with_links_in_use_needs_a_yes(world: World, as_member: AskAs) -> None:
    domain = a_domain(world.fjordkraft)
    theirs = create_link(organisation=world.havblik, target="https://b.dk", slug="messe")
    link = a_house_link(world, slug="messe", domain=domain)
    closed = a_house_link(world, domain=domain)
    Link.objects.filter(pk=closed.pk).update(retired_at=timezone.now())
    alma = as_member(world.alma)
    alma.post(f"{PAGE}{domain.pk}/remove/")
    assert "1 link in use" in alma.get(f"{PAGE}{domain.pk}/").content.decode()
    with pytest.raises(Refused):
        remove_domain(by=world.alma, domain=domain, move=False, now=clock.now())
    alma.post(f"{PAGE}{domain.pk}/remove/", {"move": "on"})
    assert not Domain.objects.exists()
    link.refresh_from_db()
    closed.refresh_from_db()
    theirs.refresh_from_db()
    assert theirs.slug == "messe"
    assert link.slug.startswith("messe-")
    assert (link.domain, closed.domain) == (None, None)


def test_certificates_are_for_proved_domains_only(world: World, client: Client) -> None:
    a_domain(world.fjordkraft)
    a_domain(world.fjordkraft, "not-yet.fjordkraft.example", proved_at=None)
    answers = {
        host: client.get("/links/certificate/", {"domain": host}).status_code
        for host in (HOST, HOST.upper(), "not-yet.fjordkraft.example", "evil.example", "", "\x00")
    }
    assert [host for host, status in answers.items() if status == 200] == [HOST, HOST.upper()]
