"""A change in the database reaches the redirect within a second; if it cannot be told, it asks more often."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.utils import timezone

from genlyd.links.models import Arrival, Domain, Link
from genlyd.links.redirect import listening
from genlyd.links.redirect.app import Redirect
from genlyd.links.redirect.service import Service
from tests.links.loss.wire import Wire
from tests.links.redirecting import database
from tests.links.test_redirect import one
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)
OWN = "go.fjordkraft.dk"


@pytest.fixture
def world() -> World:
    return build_world()


def with_service(home: Path, work: Callable[[Redirect], Awaitable[None]], wire: Wire | None = None) -> None:
    async def run() -> None:
        app = Redirect()
        app.service = Service(database("127.0.0.1", wire.port) if wire else database(), home / "spool")
        await app.service.start()
        try:
            await until(lambda: app.service.links.told)  # type: ignore[union-attr]
            await work(app)
        finally:
            await app.service.stop()
            if wire is not None:
                wire.cut()
            await sync_to_async(close)()

    asyncio.run(run())


def close() -> None:
    """In the thread whose connection it is."""
    connection.close()


async def until(condition: Callable[[], Any], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.01)


async def soon(app: Redirect, expected: object, path: str, **asking: Any) -> None:
    """The answer's status and address become `expected` within a second."""
    end = time.monotonic() + 1
    while True:
        status, head, _body = await one(app, path, **asking)
        if (status, head.get("location")) == expected:
            return
        assert time.monotonic() < end, (status, head)
        await asyncio.sleep(0.01)


def test_changes_take_effect_within_a_second(world: World, tmp_path: Path) -> None:
    link = Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/")
    path = f"/{link.slug}"

    async def work(app: Redirect) -> None:
        change = sync_to_async(Link.objects.filter(pk=link.pk).update)
        await soon(app, (302, "https://a.dk/"), path)
        await change(target="https://b.dk/")
        await soon(app, (302, "https://b.dk/"), path)
        await change(retired_at=timezone.now())
        await soon(app, (410, None), path)
        await change(retired_at=None, expires_at=timezone.now() + timedelta(hours=1))
        await soon(app, (302, "https://b.dk/"), path)
        await sync_to_async(Link.objects.filter(pk=link.pk).delete)()
        await soon(app, (404, None), path)
        make = sync_to_async(Link.objects.create)
        await make(
            organisation=world.fjordkraft, target="https://c.dk/", slug=link.slug, kind=Link.Kind.PRINT
        )
        await soon(app, (302, "https://c.dk/"), path)

    with_service(tmp_path, work)


def test_same_slug_on_two_hosts_leads_to_two_places(world: World, tmp_path: Path) -> None:
    own = Domain.objects.create(organisation=world.fjordkraft, host=OWN, proved_at=timezone.now())
    for domain, target in ((None, "https://a.dk/"), (own, "https://b.dk/")):
        Link.objects.create(organisation=world.fjordkraft, domain=domain, slug="job", target=target)

    async def work(app: Redirect) -> None:
        theirs = {"headers": {"Host": f"{OWN.upper()}:443"}}
        await soon(app, (302, "https://a.dk/"), "/JOB", headers={"Host": "elsewhere.example"})
        await soon(app, (302, "https://b.dk/"), "/Job", **theirs)
        # A domain that is no longer proved is a host like any other.
        await sync_to_async(Domain.objects.update)(proved_at=None)
        await soon(app, (302, "https://a.dk/"), "/job", **theirs)

    with_service(tmp_path, work)
    assert Arrival.objects.count() >= 3


def test_link_expires_by_the_clock_and_counts_nothing_then(world: World, tmp_path: Path) -> None:
    soon_over = timezone.now() + timedelta(seconds=1)
    link = Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/", expires_at=soon_over)

    async def work(app: Redirect) -> None:
        await soon(app, (302, "https://a.dk/"), f"/{link.slug}")
        await asyncio.sleep((soon_over - timezone.now()).total_seconds() + 0.01)
        clicks = await Arrival.objects.acount()
        status, _head, body = await one(app, f"/{link.slug}", headers={"Accept-Language": "da"})
        assert (status, "udløbet" in body) == (410, True)
        assert await Arrival.objects.acount() == clicks

    with_service(tmp_path, work)


def test_broken_listener_falls_back_and_comes_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "RETRY", 0.05)
    link = Link.objects.create(organisation=world.fjordkraft, target="https://a.dk/")
    path = f"/{link.slug}"
    known = connection.get_connection_params()
    wire = Wire(int(known.get("port") or 5432), str(known.get("host") or "127.0.0.1"))

    async def work(app: Redirect) -> None:
        links = app.service.links  # type: ignore[union-attr]
        await soon(app, (302, "https://a.dk/"), path)
        wire.cut()
        await until(lambda: not links.told)
        assert (await one(app, path))[0] == 302, "a known link serves without its database"
        await sync_to_async(Link.objects.filter(pk=link.pk).update)(target="https://b.dk/")
        wire.mend()
        await until(lambda: links.told)
        await soon(app, (302, "https://b.dk/"), path)

    with_service(tmp_path, work, wire)


def test_listener_that_hears_nothing_is_not_trusted(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a pooler that hands each statement to another session: everything answers, no notice comes."""
    monkeypatch.setattr(listening, "EVERY", 0.05)
    monkeypatch.setattr(listening, "WITHIN", 0.2)

    async def work(app: Redirect) -> None:
        links = app.service.links  # type: ignore[union-attr]
        monkeypatch.setattr(listening, "CHANNEL", "somewhere_else")
        await until(lambda: not links.told)

    with_service(tmp_path, work)


@pytest.mark.parametrize("turns", range(4))
def test_it_ends_although_it_is_told_of_something_at_that_moment(turns: int, tmp_path: Path) -> None:
    async def work(app: Redirect) -> None:
        assert app.service
        told = app.service._listening
        await asyncio.sleep(0.2)  # it has loaded the hosts, and waits
        told.heard(listening.EVERYTHING)
        for _turn in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(5):
            await told.stop()

    with_service(tmp_path, work)
