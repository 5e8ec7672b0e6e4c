"""One connection for questions, asked one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)


class Unreachable(Exception):
    """The database is away, and what was asked for is not remembered."""


class Asking:
    """Not a pool: giving a connection back to one costs a round trip more, and on a cut wire it never ends."""

    def __init__(self, connect: Callable[[], Awaitable[Any]]) -> None:
        self._connect = connect
        self._connection: Any = None
        self._turn = asyncio.Lock()

    async def fetch(self, within: float, query: str, *arguments: object) -> list[Any]:
        """Raises one of AWAY, also when there was no answer `within` seconds."""
        async with asyncio.timeout(within), self._turn:
            try:
                if self._connection is None or self._connection.is_closed():
                    self._connection = await self._connect()
                return list(await self._connection.fetch(query, *arguments))
            except asyncpg.PostgresError:
                raise
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
            self._connection = None
