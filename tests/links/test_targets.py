"""Pages behind links, with a real web server on loopback that goes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from genlyd.base import clock, facts
from genlyd.links.actions.targets import check_target, due_targets, look_at
from genlyd.links.domain.health import Sight
from genlyd.links.models import Link, Target
from genlyd.links.tasks import check_targets
from genlyd.notifications.models import Mail
from tests.links.makers import a_house_link, a_target
from tests.sharing.makers import a_share, a_story
from tests.webserver import WebServer, answer
from tests.world import World

AskAs = Callable[..., Client]
PAGES = "/links/pages/"


@pytest.fixture
def site(settings) -> Iterator[WebServer]:
    server = WebServer()
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, server.host]
    yield server
    server.close()


def test_a_page_is_looked_at_once_for_all_its_links(world: World, site: WebServer, monkeypatch) -> None:
    monkeypatch.setattr("genlyd.links.tasks.SPACING", 0.0)
    page = site.serve("/messe", b"here")
    for _ in range(3):
        a_house_link(world, target=page)
    check_targets(0)
    check_targets(0)
    assert Target.objects.get().health == "ok"
    assert len(site.asked) == 1  # by GET: this server does not know HEAD


def test_what_a_look_finds(site: WebServer, settings) -> None:
    site.serve("/here", b"x" * 500_000)
    site.redirect("/moved", "/here")
    site.redirect("/round", "/round")
    site.pages["/gone"] = lambda handler: answer(handler, 410, b"")
    site.pages["/broken"] = lambda handler: answer(handler, 500, b"")
    site.pages["/private"] = lambda handler: answer(handler, 403, b"")
    assert {path: look_at(site.url(path)) for path in ("/here", "/moved", "/private")} == {
        "/here": Sight.OK, "/moved": Sight.OK, "/private": Sight.OK,
    }  # fmt: skip
    assert [look_at(site.url(path)) for path in ("/gone", "/not-there", "/broken", "/round")] == [
        Sight.GONE, Sight.GONE, Sight.FAILING, Sight.UNKNOWN,
    ]  # fmt: skip
    settings.PRIVATE_HOSTS_ALLOWED = []
    asked = len(site.asked)
    assert look_at(site.url("/here")) is Sight.UNKNOWN
    assert len(site.asked) == asked


def test_the_responsible_is_told_once_and_when_it_is_over(world: World, site: WebServer) -> None:
    page = site.serve("/moelle", b"here")
    story = a_story(world, url=page, responsible=world.erik)
    a_share(world.pia, story)
    target, now = Target.objects.get(url=page), clock.now()

    def told(**passed: int) -> list[tuple[str, str]]:
        check_target(target, now=now + timedelta(**passed))
        for job in ProcrastinateJob.objects.filter(args__fact__startswith="genlyd.links.facts.Target"):
            facts.run(**job.args)
        mails = [(mail.subject, mail.to) for mail in Mail.objects.order_by("pk")]
        ProcrastinateJob.objects.all().delete()
        Mail.objects.all().delete()
        return mails

    assert told(hours=0) == []
    del site.pages["/moelle"]
    assert [told(hours=hours) for hours in (8, 16, 24)] == [[], [], []]
    ((subject, to),) = told(hours=33)
    assert (subject, to) == (
        "The page your story leads to is gone",
        f"{world.erik.name} <{world.erik.email}>",
    )
    assert told(hours=41) == []
    site.serve("/moelle", b"here again")
    ((subject, to),) = told(hours=49)
    assert (subject, to) == (
        "The page your story leads to answers again",
        f"{world.erik.name} <{world.erik.email}>",
    )


def test_no_two_workers_look_at_one_page(world: World) -> None:
    a_target(world, due_at=timezone.now())
    a_target(
        world, "https://old.example", due_at=timezone.now(), wanted_at=timezone.now() - timedelta(days=200)
    )
    now = clock.now()
    assert [target.url for target in due_targets(now, 10)] == ["https://fjordkraft.example/vaek"]
    assert due_targets(now, 10) == []


def test_all_links_are_led_elsewhere_at_once(world: World, as_member: AskAs) -> None:
    target = a_target(world)
    links = [a_house_link(world, target=target.url), a_share(world.pia, a_story(world, url=target.url)).link]
    other = a_house_link(world, target="https://fjordkraft.example/andet")
    erik = as_member(world.erik)
    assert "1 page that links lead to does not answer" in erik.get("/links/house/").content.decode()
    page = f"{PAGES}{target.pk}/"
    assert page in erik.get(PAGES).content.decode()
    assert erik.post(page, {"target": target.url}).status_code == 422
    assert erik.post(page, {"target": "https://fjordkraft.example/nyt"}).status_code == 302
    for link in links:
        link.refresh_from_db()
        assert link.target == "https://fjordkraft.example/nyt"
    other.refresh_from_db()
    assert other.target == "https://fjordkraft.example/andet"
    assert "All pages answer" in erik.get(PAGES).content.decode()
    assert Link.objects.filter(target=target.url).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long(
    rows: int, world: World, as_member: AskAs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        a_target(world, f"https://fjordkraft.example/{number}")
    erik = as_member(world.erik)
    erik.get(PAGES)
    with django_assert_num_queries(6):
        erik.get(PAGES)
