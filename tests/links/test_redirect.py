"""What the redirect service answers, and what it notes."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from genlyd.links.models import Arrival, DaySalt, Link
from genlyd.links.redirect.app import Redirect
from genlyd.links.redirect.found import Recent
from genlyd.links.redirect.request import host_of, preferred
from genlyd.links.redirect.service import Service
from tests.links.redirecting import database
from tests.world import build_world

Asking = dict[str, Any]
Reply = tuple[int, dict[str, str], str]


def ask(home: Path, *requests: Asking, dsn: str | None = None, **settings: Any) -> list[Reply]:
    """One service, asked one thing after the other: {"path", "method", "headers", "address"}. `settings`: Service's."""

    async def run() -> list[Reply]:
        app = Redirect()
        app.service = Service(dsn or database(), home / "spool", **settings)
        await app.service.start()
        try:
            return [await one(app, **request) for request in requests]
        finally:
            await app.service.stop()

    return asyncio.run(run())


async def one(
    app: Redirect,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    address: str = "192.0.2.7",
) -> Reply:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("a redirect has no body to read")

    raw = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    await app(
        {"type": "http", "method": method, "path": path, "headers": raw, "client": (address, 1)},
        receive,
        send,
    )
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, sent[1]["body"].decode()


@pytest.fixture
def link(transactional_db: None) -> Link:
    return Link.objects.create(
        organisation=build_world().fjordkraft,
        target="https://a.dk/jøb?x=1#top",
        utm={"utm_source": "linkedin"},
    )


def test_visitor_is_sent_on_and_never_by_a_remembered_answer(link: Link, tmp_path: Path) -> None:
    [(status, head, body)] = ask(tmp_path, {"path": f"/{link.slug}"})
    assert (status, body) == (302, "")
    assert head["location"] == "https://a.dk/j%C3%B8b?x=1&utm_source=linkedin#top"
    assert head["cache-control"] == "no-store"


def test_click_is_noted_as_it_came(link: Link, tmp_path: Path) -> None:
    headers = {
        "User-Agent": "Firefox\0" + "x" * 400,
        "Referer": "https://www.linkedin.com/feed/?secret=1",
        "Sec-Purpose": "prefetch;prerender",
    }
    ask(tmp_path, {"path": f"/{link.slug}", "headers": headers, "method": "HEAD"})
    click = Arrival.objects.get()
    assert (click.organisation_id, click.link_id, click.method) == (link.organisation_id, link.pk, "HEAD")
    assert (click.user_agent, click.referrer_host) == (("Firefox" + "x" * 400)[:300], "www.linkedin.com")
    assert click.prefetch
    assert (click.private, click.country, click.datacentre) == (False, "", False)
    assert abs(click.at - timezone.now()) < timedelta(seconds=30)


def test_nothing_of_the_address_is_stored(link: Link, tmp_path: Path) -> None:
    ask(tmp_path, {"path": f"/{link.slug}", "address": "203.0.113.77"})
    row = Arrival.objects.values().get()
    assert "203.0.113" not in repr(row)
    assert b"203" not in bytes(row["visitor"])


def test_visitors_are_told_apart_by_address_and_browser(link: Link, tmp_path: Path) -> None:
    path = {"path": f"/{link.slug}"}
    ask(
        tmp_path,
        {**path, "headers": {"User-Agent": "A"}},
        {**path, "headers": {"User-Agent": "A"}},
        {**path, "headers": {"User-Agent": "B"}},
        {**path, "headers": {"User-Agent": "A"}, "address": "192.0.2.8"},
    )
    assert len({bytes(visitor) for visitor in Arrival.objects.values_list("visitor", flat=True)}) == 3


def test_two_processes_share_the_days_salt(link: Link, tmp_path: Path) -> None:
    for _ in range(2):
        ask(tmp_path, {"path": f"/{link.slug}"})
    assert len({bytes(visitor) for visitor in Arrival.objects.values_list("visitor", flat=True)}) == 1
    assert DaySalt.objects.count() == 1


@pytest.mark.parametrize(("behind_proxy", "visitors"), [(True, 2), (False, 1)])
def test_forwarded_address_counts_only_behind_a_proxy(
    link: Link, tmp_path: Path, *, behind_proxy: bool, visitors: int
) -> None:
    requests = [
        {"path": f"/{link.slug}", "headers": {"X-Forwarded-For": f"6.6.6.6, {address}"}}
        for address in ("192.0.2.1", "192.0.2.2")
    ]
    ask(tmp_path, *requests, behind_proxy=behind_proxy)
    assert len({bytes(visitor) for visitor in Arrival.objects.values_list("visitor", flat=True)}) == visitors


def test_unknown_slug_says_so_in_the_visitors_language(link: Link, tmp_path: Path) -> None:
    danish, english, slash = ask(
        tmp_path,
        {"path": "/nothere", "headers": {"Accept-Language": "da-DK,da;q=0.9,en;q=0.8"}},
        {"path": "/nothere", "headers": {"Accept-Language": "en-GB,da;q=0.5"}},
        {"path": "/a/b"},
    )
    assert (danish[0], english[0], slash[0]) == (404, 404, 404)
    assert "Her er ikke noget link" in danish[2]
    assert '<html lang="da">' in danish[2]
    assert "There is no link here" in english[2]
    assert not Arrival.objects.exists()


def test_retired_link_says_so_and_counts_nothing(link: Link, tmp_path: Path) -> None:
    Link.objects.update(retired_at=timezone.now())
    [(status, _head, body)] = ask(tmp_path, {"path": f"/{link.slug}", "headers": {"Accept-Language": "da"}})
    assert status == 410
    assert "Linket bruges ikke længere" in body
    assert not Arrival.objects.exists()


def test_other_paths_and_methods(link: Link, tmp_path: Path) -> None:
    robots, icon, health, door, post, head = ask(
        tmp_path,
        {"path": "/robots.txt"},
        {"path": "/favicon.ico"},
        {"path": "/healthz"},
        {"path": "/"},
        {"path": f"/{link.slug}", "method": "POST"},
        {"path": "/robots.txt", "method": "HEAD"},
    )
    assert "Disallow" not in robots[2], "preview fetchers obey robots.txt"
    assert icon[1]["content-type"] == "image/svg+xml"
    assert json.loads(health[2]) == {
        "status": "ok", "database": "here", "clicks": "in the database", "rejected": False, "first": "none",
    }  # fmt: skip
    assert door[0] == 200
    assert (post[0], post[1]["allow"]) == (405, "GET, HEAD")
    assert (head[0], head[2]) == (200, "")


def test_unremembered_link_while_the_database_is_away_asks_to_try_again(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    answer, health = ask(
        tmp_path, {"path": "/abc", "headers": {"Accept-Language": "da"}}, {"path": "/healthz"}, dsn=nowhere
    )
    assert (answer[0], answer[1]["retry-after"]) == (503, "5")
    assert "Prøv igen om lidt" in answer[2]
    assert json.loads(health[2])["database"] == "away"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", ""),
        ("de", ""),
        ("da", "da"),
        ("en;q=0.4, da;q=0.5", "da"),
        ("da;q=0, en", "en"),
        ("da;q=x,en", "en"),
    ],
)
def test_preferred_language(header: str, language: str) -> None:
    assert preferred(header) == language


def test_host_of_a_broken_referrer_is_empty() -> None:
    assert host_of(b"http://[::1") == host_of(b"") == host_of(b"nonsense") == ""


def test_memory_of_links_is_bounded_and_keeps_the_recent() -> None:
    memory: Recent[int] = Recent(2)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.get("a")
    memory.put("c", 3)
    assert (len(memory), memory.get("b"), memory.get("a")) == (2, None, 1)
