"""The day's salt, shared by all redirect processes through the database."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from datetime import UTC, datetime

from genlyd.links.domain.visitor import SALT_BYTES
from genlyd.links.redirect.asking import AWAY, Asking

#: Seconds until a process that made its own salt asks for the shared one again.
AGAIN = 5.0
DAY = 86_400
#: Seconds a visitor waits for the day's salt.
PATIENCE = 0.25
_MAKE = "INSERT INTO links_daysalt (day, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING"
_READ = "SELECT salt FROM links_daysalt WHERE day = $1"


class Salts:
    """Knows one day's salt at a time: yesterday's is forgotten the moment today's is asked for."""

    def __init__(self, database: Asking) -> None:
        self._database = database
        self._day = -1
        self._salt = b""
        self._begins = self._ends = 0.0
        self._asking = asyncio.Lock()

    def known(self, now: float) -> bytes | None:
        """The salt, if it need not be asked for. `now` in seconds since 1970."""
        return self._salt if self._begins <= now < self._ends else None

    async def of(self, now: float) -> bytes:
        """While the database is away: a salt of this process's own, so that visitors are counted at least here."""
        async with self._asking:
            salt = self.known(now)
            return salt if salt is not None else await self._ask(now)

    async def _ask(self, now: float) -> bytes:
        day = int(now // DAY)
        shared = None
        with contextlib.suppress(*AWAY):
            shared = await self._shared(now)
        self._begins, self._ends = day * DAY, (day + 1) * DAY
        if shared is not None:
            self._salt = shared
        else:
            if day != self._day:
                self._salt = secrets.token_bytes(SALT_BYTES)
            self._ends = min(self._ends, time.time() + AGAIN)
        self._day = day
        return self._salt

    async def _shared(self, now: float) -> bytes:
        day = datetime.fromtimestamp(now, UTC).date()
        rows = await self._database.fetch(PATIENCE, _READ, day)
        if not rows:  # two processes may make it at once: both read what the first one wrote
            await self._database.fetch(PATIENCE, _MAKE, day, secrets.token_bytes(SALT_BYTES))
            rows = await self._database.fetch(PATIENCE, _READ, day)
        return bytes(rows[0][0])
