"""What one redirect process holds: its connections, its memory of links, its recorder."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from genlyd.base import env
from genlyd.base.home import database_url, genlyd_home
from genlyd.base.ids import uuid7
from genlyd.links.domain.visitor import day_of, visitor_key
from genlyd.links.redirect.answer import Answer, content
from genlyd.links.redirect.lookup import Found, Links
from genlyd.links.redirect.record import Recorder
from genlyd.links.redirect.request import Asked
from genlyd.links.redirect.salt import Salts
from genlyd.links.redirect.spool import Spool

#: Connections for finding links; recording has its own.
MOST_CONNECTIONS = 4


class Service:
    def __init__(self, dsn: str, spool: Path, *, behind_proxy: bool = False) -> None:
        self._dsn = dsn
        self._behind_proxy = behind_proxy
        self._spool = Spool(spool)

    @classmethod
    def from_environment(cls) -> Service:
        behind_proxy = env.flag(
            "GENLYD_BEHIND_PROXY", False, help="A reverse proxy in front sets X-Forwarded-Proto and -For."
        )
        return cls(database_url(), genlyd_home() / "spool", behind_proxy=behind_proxy)

    async def start(self) -> None:
        """Comes up with or without its database."""
        self._pool: Any = await asyncpg.create_pool(
            self._dsn, min_size=0, max_size=MOST_CONNECTIONS, timeout=2, command_timeout=2
        )
        self.links = Links(self._pool)
        self._salts = Salts(self._pool)
        self._recorder = Recorder(self._connect, self._spool)
        await self._recorder.start()

    async def stop(self) -> None:
        await self._recorder.stop()
        self._pool.terminate()

    async def note(self, link: Found, asked: Asked) -> None:
        """Returns when the click is on disk. Raises Unrecorded."""
        at = datetime.now(UTC)
        salt = await self._salts.of(day_of(at))
        address = (asked.forwarded_for if self._behind_proxy else "") or asked.address
        await self._recorder.record(
            (
                link.organisation_id,
                uuid7(),
                link.link_id,
                at,
                visitor_key(salt, link.organisation_id, address, asked.user_agent),
                asked.method,
                asked.user_agent,
                asked.referrer_host,
                asked.prefetch,
                False,
                "",
                False,
            )
        )

    def health(self) -> Answer:
        """200 also while the database is away: redirects work, and a restart would not help."""
        state = {
            "status": "ok",
            "database": "here" if self._recorder.connected else "away",
            "clicks": "spooled" if self._spool.holds else "in the database",
        }
        return content(200, json.dumps(state) + "\n", "application/json")

    async def _connect(self) -> Any:
        async with asyncio.timeout(2):
            return await asyncpg.connect(self._dsn, timeout=2)
