"""From host and slug to link: a bounded memory in front of an indexed SELECT, corrected by the database's own notices.

A key is "<domain's id, or 0>:<slug>", the words in which the database says what has changed.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from typing import Any

from genlyd.links.redirect.asking import AWAY, Asking, Unreachable
from genlyd.links.redirect.found import FIND, Found, Recent, found

#: Seconds a link is used without asking again: while the database tells us of changes, and while it cannot.
FRESH, FRESH_UNTOLD = 300.0, 30.0
#: Seconds an unknown slug stays unknown: scanners guess, and each guess would cost a SELECT.
ABSENT = 10.0
#: About 50 MB of links; 10,000 guesses of a scanner never push one of them out.
MOST_LINKS, MOST_ABSENT = 100_000, 10_000
#: Seconds a visitor waits for the database to find a link: one we do not know, and one we could do without asking.
PATIENCE, PATIENCE_IF_KNOWN = 2.0, 0.25
#: Seconds for which a database that did not answer is not asked about links we know.
REST = 0.5
#: After so many links were read, the garbage collector is told to leave what there is alone: going through all of
#: them, which it does when there are many new ones, would hold up every visitor for tens of milliseconds.
SETTLE = 5_000
#: Links asked for in one SELECT.
MOST_ASKED = 500

log = logging.getLogger("genlyd.redirect")


class Links:
    def __init__(self, database: Asking) -> None:
        self._database = database
        self._known: Recent[Found] = Recent(MOST_LINKS)
        self._absent: Recent[float] = Recent(MOST_ABSENT)
        self._wanted: dict[str, asyncio.Future[Found | None]] = {}
        self._asking: dict[str, asyncio.Future[Found | None]] = {}
        self._changed: set[str] = set()
        self._work: asyncio.Task[None] | None = None
        self._stale_before = 0.0
        self._rest_until = 0.0
        self._unsettled = SETTLE
        self.told = False
        self.horizon = 0.0
        self.turn()

    def turn(self) -> None:
        """Called every second: what was read before `horizon` is no longer fresh. Saves a clock per click."""
        fresh = FRESH if self.told else FRESH_UNTOLD
        self.horizon = max(self._stale_before, time.monotonic() - fresh)
        if self._unsettled >= SETTLE:
            self._unsettled = 0
            gc.freeze()

    def peek(self, key: str) -> Found | None:
        """The link if it is known and fresh. Anything else is a question for `find`."""
        link = self._known.get(key)
        return link if link is not None and link.read_at > self.horizon else None

    def forget(self, key: str) -> None:
        self._known.forget(key)
        self._absent.forget(key)
        if key in self._asking:
            self._changed.add(key)  # the answer under way may be from before the change

    def doubt_everything(self) -> None:
        """Nothing is fresh any more, and all of it still serves if the database goes away."""
        self._stale_before = time.monotonic()
        self.turn()

    async def find(self, key: str) -> Found | None:
        """The link, or None if there is none. Links that are no longer fresh serve while the database is away.

        Raises Unreachable.
        """
        now = time.monotonic()
        known = self._known.get(key)
        if known is not None and (known.read_at > self.horizon or now < self._rest_until):
            return known
        read_at = self._absent.get(key)
        if read_at is not None and read_at > max(self._stale_before, now - ABSENT):
            return None
        try:
            async with asyncio.timeout(PATIENCE if known is None else PATIENCE_IF_KNOWN):
                # One question per link, however many visitors a viral post sends at once.
                return await asyncio.shield(self._ask(key))
        except AWAY as error:
            self._rest_until = time.monotonic() + REST
            if known is not None:
                return known
            raise Unreachable from error

    def _ask(self, key: str) -> asyncio.Future[Found | None]:
        asked = self._wanted.get(key)
        if asked is None and key not in self._changed:
            asked = self._asking.get(key)
        if asked is None:
            asked = self._wanted[key] = asyncio.get_running_loop().create_future()
            if self._work is None:
                self._work = asyncio.create_task(self._answer())
        return asked

    async def _answer(self) -> None:
        """One SELECT at a time, for all that were asked for meanwhile."""
        try:
            while self._wanted:
                keys = list(self._wanted)[:MOST_ASKED]
                self._asking = {key: self._wanted.pop(key) for key in keys}
                try:
                    self._settle(await self._read())
                except AWAY as error:
                    self._fail(error)
        except BaseException as error:
            self._fail(error)
            raise
        finally:
            self._work = None

    async def _read(self) -> tuple[float, list[Any]]:
        slugs = list({key.partition(":")[2] for key in self._asking})
        began = time.monotonic()
        return began, await self._database.fetch(PATIENCE, FIND, slugs)

    def _settle(self, answer: tuple[float, list[Any]]) -> None:
        read_at, rows = answer
        links = {f"{row[0]}:{row[1]}": row for row in rows}
        asked, changed = self._asking, self._changed
        self._asking, self._changed = {}, set()
        for key, waiting in asked.items():
            row = links.get(key)
            try:
                link = None if row is None else found(row, read_at)
            except Exception as error:
                log.exception("The link %s cannot be used.", key)
                _fail(waiting, Unreachable(str(error)))  # this one, not all who asked meanwhile
                continue
            if key not in changed:
                self._remember(key, link, read_at)
            if not waiting.done():
                waiting.set_result(link)

    def _remember(self, key: str, link: Found | None, read_at: float) -> None:
        if link is None:
            self._known.forget(key)
            self._absent.put(key, read_at)
        else:
            self._absent.forget(key)
            self._known.put(key, link)
            self._unsettled += 1

    def _fail(self, error: BaseException) -> None:
        asked, self._asking, self._changed = self._asking, {}, set()
        for waiting in asked.values():
            _fail(waiting, error if isinstance(error, AWAY) else Unreachable(str(error)))


def _fail(waiting: asyncio.Future[Found | None], error: BaseException) -> None:
    if not waiting.done():
        waiting.set_exception(error)
        waiting.exception()  # whoever asked may have gone
