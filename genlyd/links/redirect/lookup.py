"""From slug to link: a bounded memory in front of an indexed SELECT."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import asyncpg

from genlyd.links.domain.target import location

#: Seconds a known link is used without asking again: how long a retired link may still redirect.
FRESH = 30.0
#: Seconds an unknown slug stays unknown: scanners guess, and each guess would cost a SELECT.
ABSENT = 10.0
#: About 30 MB of links; 10,000 guesses of a scanner never push one of them out.
MOST_LINKS, MOST_ABSENT = 100_000, 10_000
#: Seconds a visitor waits for the database to find a link.
PATIENCE = 2.0

FIND = "SELECT id, organisation_id, target, utm, retired_at IS NOT NULL FROM links_link WHERE slug = $1"
V = TypeVar("V")


class Unreachable(Exception):
    """The database is away and this link is not remembered."""


@dataclass(frozen=True, slots=True)
class Found:
    link_id: int
    organisation_id: int
    location: str
    retired: bool


class Recent(Generic[V]):
    """The most recently used entries, each with the time until which it is fresh."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._entries: OrderedDict[str, tuple[V, float]] = OrderedDict()

    def get(self, key: str) -> tuple[V, float] | None:
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    def put(self, key: str, value: V, until: float) -> None:
        self._entries[key] = (value, until)
        self._entries.move_to_end(key)
        if len(self._entries) > self.most:
            self._entries.popitem(last=False)

    def forget(self, key: str) -> None:
        self._entries.pop(key, None)

    def __len__(self) -> int:
        return len(self._entries)


class Links:
    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._known: Recent[Found] = Recent(MOST_LINKS)
        self._absent: Recent[None] = Recent(MOST_ABSENT)
        self._asking: dict[str, asyncio.Task[Found | None]] = {}

    async def find(self, slug: str) -> Found | None:
        """The link, or None if there is none. A link that is no longer fresh still serves while the database is away.

        Raises Unreachable.
        """
        now = time.monotonic()
        known = self._known.get(slug)
        if known is not None and known[1] > now:
            return known[0]
        absent = self._absent.get(slug)
        if absent is not None and absent[1] > now:
            return None
        try:
            # One question per slug, however many visitors a viral post sends at once.
            task = self._asking.get(slug)
            if task is None:
                task = self._asking[slug] = asyncio.create_task(self._ask(slug))
                task.add_done_callback(lambda _task: self._asking.pop(slug, None))
            return await asyncio.shield(task)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
            if known is not None:
                return known[0]
            raise Unreachable from error

    async def _ask(self, slug: str) -> Found | None:
        async with asyncio.timeout(PATIENCE), self._pool.acquire() as connection:
            row = await connection.fetchrow(FIND, slug)
        until = time.monotonic()
        if row is None:
            self._known.forget(slug)
            self._absent.put(slug, None, until + ABSENT)
            return None
        link_id, organisation_id, target, utm, retired = row
        found = Found(link_id, organisation_id, location(target, json.loads(utm)), retired)
        self._known.put(slug, found, until + FRESH)
        return found
