"""What the redirect remembers, for how long, and what makes it forget. Without a database."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from genlyd.links.redirect import lookup
from genlyd.links.redirect.asking import Unreachable
from genlyd.links.redirect.hosts import Hosts, bare
from genlyd.links.redirect.listening import EVERYTHING, TRIAL, Listening
from genlyd.links.redirect.lookup import Links

AWAY = ConnectionError("away")


class Database:
    """Answers `target` for every slug but "absent", once `open` is set."""

    def __init__(self) -> None:
        self.target = "https://a.dk/"
        self.asked: list[list[str]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.away = False

    async def fetch(self, _within: float, _query: str, slugs: list[str]) -> list[Any]:
        self.asked.append(sorted(slugs))
        target = self.target
        await self.open.wait()
        if self.away:
            raise AWAY
        return [
            (
                0,
                slug,
                number,
                1,
                target,
                "{}" if slug != "odd" else "nonsense",
                False,
                None,
                False,
                True,
                True,
            )
            for number, slug in enumerate(slugs)
            if slug != "absent"
        ]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(lookup.time, "monotonic", lambda: now[0])
    return now


def pass_time(links: Links, clock: list[float], seconds: float) -> None:
    clock[0] += seconds
    links.turn()


async def target(links: Links, key: str = "0:abc") -> bytes:
    link = links.peek(key) or await links.find(key)
    assert link is not None
    return link.location


def test_known_link_is_asked_for_again_when_it_is_no_longer_fresh(clock: list[float]) -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        for told, fresh in ((False, 30), (True, 300)):
            links.told = told
            links.doubt_everything()
            pass_time(links, clock, 1)
            await target(links)
            before = len(database.asked)
            pass_time(links, clock, fresh - 1)
            await target(links)
            assert len(database.asked) == before
            pass_time(links, clock, 2)
            await target(links)
            assert len(database.asked) == before + 1

    asyncio.run(run())


def test_absent_slug_is_remembered_for_ten_seconds_and_forgotten_when_it_is_made(clock: list[float]) -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        for _ in range(3):
            assert await links.find("0:absent") is None
        assert len(database.asked) == 1
        links.forget("0:absent")
        await links.find("0:absent")
        pass_time(links, clock, 11)
        await links.find("0:absent")
        assert len(database.asked) == 3

    asyncio.run(run())


def test_visitors_of_many_links_share_one_question() -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        database.open.clear()
        asking = [asyncio.create_task(target(links, f"0:s{number % 9}")) for number in range(90)]
        await asyncio.sleep(0.01)
        database.open.set()
        await asyncio.gather(*asking)
        assert sum(map(len, database.asked)) == 9
        assert len(database.asked) == 1

    asyncio.run(run())


def test_answer_from_before_a_change_is_not_remembered() -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        database.open.clear()
        early = asyncio.create_task(target(links))
        await asyncio.sleep(0.01)
        database.target = "https://b.dk/"
        links.forget("0:abc")
        late = asyncio.create_task(target(links))
        await asyncio.sleep(0.01)
        database.open.set()
        assert await early == b"https://a.dk/"
        assert await late == await target(links) == b"https://b.dk/"

    asyncio.run(run())


def test_known_links_serve_while_the_database_is_away_and_others_do_not() -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        await target(links)
        database.away = True
        links.doubt_everything()
        assert await target(links) == b"https://a.dk/"
        asked = len(database.asked)
        assert await target(links) == b"https://a.dk/"
        assert len(database.asked) == asked, "a database that does not answer gets a rest"
        with pytest.raises(Unreachable):
            await links.find("0:other")

    asyncio.run(run())


def test_odd_link_does_not_take_others_along() -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        database.open.clear()
        odd, plain = (asyncio.create_task(target(links, key)) for key in ("0:odd", "0:abc"))
        await asyncio.sleep(0.01)
        database.open.set()
        assert await plain == b"https://a.dk/"
        with pytest.raises(Unreachable):
            await odd
        assert await target(links, "0:other") == b"https://a.dk/"

    asyncio.run(run())


def test_visitor_who_hangs_up_leaves_the_question_to_the_others() -> None:
    async def run() -> None:
        database = Database()
        links = Links(database)  # type: ignore[arg-type]
        database.open.clear()
        first, second = (asyncio.create_task(target(links)) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        database.open.set()
        assert await second == b"https://a.dk/"

    asyncio.run(run())


def test_notices_forget_one_link_or_doubt_all() -> None:
    async def run() -> None:
        links = Links(Database())  # type: ignore[arg-type]
        listening = Listening(None, links, None)  # type: ignore[arg-type]
        for key in ("0:a", "0:b"):
            await target(links, key)
        listening.heard("0:a")
        assert (links.peek("0:a"), links.peek("0:b") is None) == (None, False)
        listening.heard(TRIAL + "of another process")
        assert links.peek("0:b") is not None
        listening.heard(EVERYTHING)
        assert links.peek("0:b") is None

    asyncio.run(run())


@pytest.mark.parametrize(
    ("header", "host"),
    [
        (b"Go.Fjordkraft.dk", "go.fjordkraft.dk"),
        (b"go.fjordkraft.dk.:443", "go.fjordkraft.dk"),
        (b"[::1]:80", "[::1]"),
        (b"[::1]", "[::1]"),
        (b"", ""),
        (b"\xff:x", "\xff:x"),
    ],
)
def test_bare_host(header: bytes, host: str) -> None:
    assert bare(header) == host


def test_hosts_nobody_has_proved_are_the_installations() -> None:
    class Domains:
        async def fetch(self, *_arguments: object) -> list[Any]:
            return [("go.fjordkraft.dk", 7)]

    async def run() -> None:
        hosts = Hosts(Domains())  # type: ignore[arg-type]
        await hosts.load_once()
        assert hosts.prefix(b"GO.fjordkraft.dk:8080") == "7:"
        assert hosts.prefix(b"evil.example") == hosts.prefix(b"") == "0:"

    asyncio.run(run())


def test_many_new_links_are_kept_from_the_garbage_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(lookup.gc, "freeze", lambda: frozen.append(True))
    monkeypatch.setattr(lookup, "SETTLE", 3)

    async def run() -> None:
        links = Links(Database())  # type: ignore[arg-type]
        links.turn()
        frozen.clear()  # what was there when it started
        for number in range(2):
            await target(links, f"0:s{number}")
        links.turn()
        assert not frozen
        await target(links, "0:s2")
        links.turn()
        links.turn()
        assert frozen == [True]

    asyncio.run(run())
