from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from genlyd.base import clock
from genlyd.links import ingest, own
from genlyd.links.domain.visitor import day_of, visitor_key
from genlyd.links.models import Arrival, Click, DaySalt, Link, LinkPrivacy, OwnVisitor
from genlyd.links.redirect.request import Asked
from genlyd.people.models import Member
from tests.world import World

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
PAGE = "/me/"


@pytest.fixture(autouse=True)
def middleware(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "genlyd.links.own.OwnBrowserMiddleware"]
    monkeypatch.setattr(own, "_salt", None)
    yield
    own._salt = None


def browser(member: Member | None, **headers: str) -> Client:
    client = Client(headers={"user-agent": FIREFOX, **headers})
    if member is not None and member.user is not None:
        client.force_login(member.user)
    return client


def known() -> dict[bytes, int]:
    return {bytes(row.visitor): row.member_id for row in OwnVisitor.objects.all()}


def as_redirect_sees_it(organisation_id: int, address: str, agent: str, forwarded: str = "") -> bytes:
    headers = [(b"user-agent", agent.encode("latin-1")), (b"x-forwarded-for", forwarded.encode())]
    scope = {"headers": headers, "method": "GET", "path": "/x", "client": (address, 1)}
    asked = Asked.of(scope, behind_proxy=bool(forwarded))
    return visitor_key(bytes(DaySalt.objects.get().salt), organisation_id, asked.address, asked.user_agent)


def test_members_browser_is_known_by_the_key_the_redirect_gives_it(world: World) -> None:
    agent = "Mozilla/5.0 (Bl\xe5b\xe6r) " + "x" * 400
    browser(world.pia, **{"user-agent": agent}).get(PAGE, REMOTE_ADDR="192.0.2.7")
    assert known() == {as_redirect_sees_it(world.fjordkraft.pk, "192.0.2.7", agent): world.pia.pk}
    assert OwnVisitor.objects.get().day == day_of(clock.now())


def test_behind_a_proxy_its_word_counts_as_in_the_redirect(world: World, settings: LazySettings) -> None:
    settings.BEHIND_PROXY = True
    told = "203.0.113.9, 198.51.100.4"
    browser(world.pia).get(PAGE, REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": told})
    assert list(known()) == [as_redirect_sees_it(world.fjordkraft.pk, "10.0.0.1", FIREFOX, told)]


def test_only_the_first_page_of_a_day_asks_the_database(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SimpleNamespace(META={"HTTP_USER_AGENT": FIREFOX}, session={}, headers={})
    with django_assert_num_queries(3):  # make and read the salt, note the browser
        own._note(request, world.pia)
    with django_assert_num_queries(0):
        own._note(request, world.pia)
    monkeypatch.setattr(clock, "now", lambda: datetime(2099, 1, 1, tzinfo=UTC))
    with django_assert_num_queries(3):
        own._note(request, world.pia)
    assert OwnVisitor.objects.count() == 2


def test_session_remembers_and_another_address_is_another_visitor(world: World) -> None:
    client = browser(world.pia)
    for address in ("192.0.2.7", "192.0.2.7", "192.0.2.8"):
        client.get(PAGE, REMOTE_ADDR=address)
    assert len(known()) == 2
    assert client.session[own.NOTED] in {key.hex() for key in known()}


def test_key_that_colleagues_share_is_nobodys(world: World) -> None:
    for member in (world.pia, world.poul, world.pia):
        browser(member).get(PAGE)
    assert list(known().values()) == [own.NOBODY]


def test_two_organisations_have_different_keys_for_one_browser(world: World) -> None:
    for member in (world.pia, world.oda):
        browser(member).get(PAGE)
    assert sorted(known().values()) == sorted([world.pia.pk, world.oda.pk])


def test_who_is_not_signed_in_or_belongs_nowhere_is_not_noted(world: World) -> None:
    browser(None).get(PAGE)
    client = browser(None)
    client.force_login(world.stranger)
    client.get(PAGE)
    assert known() == {}


@pytest.mark.parametrize("signal", ["dnt", "sec-gpc"])
def test_who_asks_not_to_be_tracked_is_not_noted_unless_the_organisation_says_so(
    world: World, signal: str
) -> None:
    browser(world.pia, **{signal: "1"}).get(PAGE)
    assert known() == {}
    LinkPrivacy.objects.create(organisation=world.fjordkraft, respect_signals=False)
    browser(world.pia, **{signal: "1"}).get(PAGE)
    assert list(known().values()) == [world.pia.pk]


def test_page_comes_also_when_noting_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_arguments: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(own, "remember", fail)
    client = browser(world.pia)
    assert client.get(PAGE).status_code == 200
    assert own.NOTED not in client.session


def clicks_on_links_of(world: World, *owners: Member | None) -> None:
    """Pia's browser follows links of these members, a minute apart, and all is judged."""
    now = clock.now().replace(hour=12)
    browser(world.pia).get(PAGE, REMOTE_ADDR="192.0.2.7")
    for minute, owner in enumerate(owners):
        link = Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/", member=owner)
        Arrival.objects.create(
            organisation_id=world.fjordkraft.pk, link_id=link.pk, at=now + timedelta(minutes=minute), method="GET",
            visitor=as_redirect_sees_it(world.fjordkraft.pk, "192.0.2.7", FIREFOX), user_agent=FIREFOX,
            country="DK", referrer_host="www.linkedin.com",
        )  # fmt: skip
    assert ingest.judge(now=now + timedelta(hours=1)) == len(owners)


def test_own_click_is_set_apart_and_a_colleagues_link_is_not(world: World) -> None:
    clicks_on_links_of(world, world.pia, world.poul, None)
    assert list(Click.objects.order_by("link_id").values_list("verdict", flat=True)) == [
        "own",
        "human",
        "human",
    ]


def test_own_click_does_not_tell_afterwards_what_else_its_member_followed(world: World) -> None:
    clicks_on_links_of(world, world.pia, world.poul, world.pia)
    today = day_of(clock.now())
    ingest.forget_salts(today=today)
    assert not Click.objects.filter(private=True).exists()
    ingest.forget_salts(today=today + timedelta(days=1))
    mine, other, mine_too = Click.objects.order_by("link_id")
    assert bytes(mine.visitor) == bytes(mine_too.visitor) != bytes(other.visitor)
    assert (mine.verdict, mine.private, mine.country, mine.referrer_host) == ("own", True, "", "")
    assert mine.user_agent.split() == ["Mozilla", "Gecko", "Firefox"]
    assert (other.private, other.country, other.user_agent) == (False, "DK", FIREFOX)
    assert known() == {}


def test_own_browsers_are_forgotten_with_their_days_salt(world: World) -> None:
    browser(world.pia).get(PAGE)
    today = day_of(clock.now())
    ingest.forget_salts(today=today)
    assert (DaySalt.objects.count(), OwnVisitor.objects.count()) == (1, 1)
    ingest.forget_salts(today=today + timedelta(days=1))
    assert (DaySalt.objects.count(), OwnVisitor.objects.count()) == (0, 0)
