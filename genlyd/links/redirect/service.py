"""What one redirect process holds: its connections, its memory of links, its recorder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import asyncpg

from genlyd.base import env
from genlyd.base.home import database_url, genlyd_home
from genlyd.links.redirect.answer import Answer, content
from genlyd.links.redirect.asking import AWAY, Asking
from genlyd.links.redirect.found import Found
from genlyd.links.redirect.hosts import Hosts, bare
from genlyd.links.redirect.ids import Ids
from genlyd.links.redirect.listening import Listening
from genlyd.links.redirect.look import Looks
from genlyd.links.redirect.lookup import Links
from genlyd.links.redirect.precedence import Precedence
from genlyd.links.redirect.preview import Cards
from genlyd.links.redirect.privacy import seen
from genlyd.links.redirect.record import Recorder
from genlyd.links.redirect.request import Asked
from genlyd.links.redirect.salt import Salts
from genlyd.links.redirect.spool import Spool
from genlyd.links.redirect.surroundings import AGAIN, Surroundings


class Service:
    def __init__(
        self,
        dsn: str,
        spool: Path,
        *,
        behind_proxy: bool = False,
        surroundings: Surroundings | None = None,
        link_url: str = "",
        first: bool = False,
    ) -> None:
        self._dsn = dsn
        self.behind_proxy = behind_proxy
        self._surroundings = surroundings
        self._link_url = link_url
        self._precedence = Precedence(wanted=first)
        self._spool = Spool(spool)
        self._next_id = Ids().next

    @classmethod
    def from_environment(cls) -> Service:
        behind_proxy = env.flag(
            "GENLYD_BEHIND_PROXY", False, help="A reverse proxy in front sets X-Forwarded-Proto and -For."
        )
        link_url = env.text(
            "GENLYD_LINK_URL",
            "http://localhost:8001",
            help="Where short links are reached: a short domain of your own.",
        ).rstrip("/")
        first = env.flag(
            "GENLYD_REDIRECT_FIRST",
            True,
            help="Short links before all else on this machine, where it lets them, while they need little of it.",
        )
        return cls(
            database_url(),
            genlyd_home() / "spool",
            behind_proxy=behind_proxy,
            surroundings=Surroundings.from_environment(),
            link_url=link_url,
            first=first,
        )

    async def start(self) -> None:
        """Comes up with or without its database."""
        self._database = Asking(self._connect_for_visitors)
        self.links = Links(self._database)
        self.hosts = Hosts(self._database)
        self.looks = Looks(self._database.fetch, AWAY)
        self.cards = Cards(self._database.fetch, AWAY)
        self.salts = Salts(self._database)
        self._recorder = Recorder(self._connect_for_visitors, self._spool, self._connect)
        self._listening = Listening(self._connect, self.links, self.hosts)
        await self._recorder.start()
        self._listening.start()
        self._beside = [asyncio.create_task(work) for work in (self._refresh(), self._precedence.watch())]

    async def stop(self) -> None:
        for work in self._beside:
            work.cancel()
        await self._listening.stop()
        await self._recorder.stop()
        self._database.close()

    def peek(self, host: bytes, slug: str) -> Found | None:
        """What is remembered and fresh. Without waiting, as most visitors need not."""
        return self.links.peek(self.hosts.prefix(host) + slug)

    async def find(self, host: bytes, slug: str) -> Found | None:
        """Raises Unreachable."""
        await self.hosts.load_once()
        return await self.links.find(self.hosts.prefix(host) + slug)

    def note(self, link: Found, asked: Asked, now: float, salt: bytes) -> Awaitable[None]:
        """Over when the click is on disk. `now` in seconds since 1970. Raises Unrecorded, or ends in it."""
        visitor, referrer, private, country, datacentre = seen(
            link, asked, asked.address, salt, self._surroundings
        )
        return self._recorder.record(
            (
                link.organisation_id,
                self._next_id(now),
                link.link_id,
                int(now * 1_000_000),
                visitor,
                asked.method,
                asked.user_agent,
                referrer,
                asked.prefetch,
                private,
                country,
                datacentre,
            )
        )

    def address(self, host: bytes, slug: str) -> str:
        """The short link as it is shared."""
        own = self.hosts.domain(host)
        return f"https://{bare(host)}/{slug}" if own else f"{self._link_url}/{slug}"

    def health(self) -> Answer:
        """200 also while the database is away: redirects work, and a restart would not help."""
        state = {
            "status": "ok",
            "database": "here" if self._recorder.connected else "away",
            "clicks": "spooled" if self._spool.holds else "in the database",
            "rejected": self._spool.has_rejected,
            "first": self._precedence.held(),
        }
        return content(200, json.dumps(state) + "\n", "application/json")

    async def _refresh(self) -> None:
        while self._surroundings is not None:
            await asyncio.sleep(AGAIN)
            await asyncio.to_thread(self._surroundings.refresh)

    async def _connect(self) -> Any:
        async with asyncio.timeout(2):
            return await asyncpg.connect(self._dsn, timeout=2)

    async def _connect_for_visitors(self) -> Any:
        connection = await self._connect()
        await self._precedence.share(connection)
        return connection
