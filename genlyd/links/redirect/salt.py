"""The day's salt, shared by all redirect processes through the database."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from datetime import date
from typing import Any

import asyncpg

from genlyd.links.domain.visitor import SALT_BYTES

#: Seconds until a process that made its own salt asks for the shared one again.
AGAIN = 5.0
_MAKE = "INSERT INTO links_daysalt (day, salt) VALUES ($1, $2) ON CONFLICT DO NOTHING"
_READ = "SELECT salt FROM links_daysalt WHERE day = $1"


class Salts:
    """Knows one day's salt at a time: yesterday's is forgotten the moment today's is asked for."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._day: date | None = None
        self._salt = b""
        self._ask_again_at: float | None = None
        self._asking = asyncio.Lock()

    async def of(self, day: date) -> bytes:
        """While the database is away: a salt of this process's own, so that visitors are counted at least here."""
        if day == self._day and (self._ask_again_at is None or time.monotonic() < self._ask_again_at):
            return self._salt
        async with self._asking:
            if day == self._day and (self._ask_again_at is None or time.monotonic() < self._ask_again_at):
                return self._salt
            shared = None
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
                async with asyncio.timeout(0.25), self._pool.acquire() as connection:
                    shared = await connection.fetchval(_READ, day)
                    if (
                        shared is None
                    ):  # two processes may make it at once: both read what the first one wrote
                        await connection.execute(_MAKE, day, secrets.token_bytes(SALT_BYTES))
                        shared = await connection.fetchval(_READ, day)
            if shared:
                self._day, self._salt, self._ask_again_at = day, bytes(shared), None
            else:
                if day != self._day:
                    self._day, self._salt = day, secrets.token_bytes(SALT_BYTES)
                self._ask_again_at = time.monotonic() + AGAIN
            return self._salt
