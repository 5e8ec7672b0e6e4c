"""The redirect service as one would write it first: one INSERT per click, on a pool of ten connections.

Everything else is the same app, so that the difference is the recording alone.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import asyncpg

from genlyd.base.home import database_url
from genlyd.links.redirect import service
from genlyd.links.redirect.app import Redirect
from genlyd.links.redirect.row import COLUMNS, Row

_VALUES = ", ".join(f"${place}" for place in range(1, len(COLUMNS) + 1))
INSERT = f"INSERT INTO links_arrival ({', '.join(COLUMNS)}) VALUES ({_VALUES})"


class OneByOne:
    connected = True

    def __init__(self, *_all: Any) -> None:
        """Takes what the real recorder takes."""

    async def start(self) -> None:
        self._pool = await asyncpg.create_pool(database_url(), min_size=10, max_size=10, reset=_nothing)

    async def stop(self) -> None:
        self._pool.terminate()

    async def record(self, row: Row) -> None:
        organisation, click, link, at, *rest = row
        moment = datetime.fromtimestamp(at / 1_000_000, UTC)
        await self._pool.execute(INSERT, organisation, uuid.UUID(bytes=click), link, moment, *rest)


async def _nothing(_connection: Any) -> None:
    """A pool resets each connection it gets back with a statement more: not held against one INSERT per click."""


service.Recorder = OneByOne  # type: ignore[assignment,misc]
app = Redirect()
