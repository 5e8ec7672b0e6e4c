"""The database says which links have changed. Whether it still can is tried, not assumed.

A listening connection can be dead without a word: a cut wire, a proxy that hands the session to somebody else. So a
notice of our own is sent through it every few seconds, and while none comes back links are fresh for a shorter time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from genlyd.links.redirect.asking import AWAY
from genlyd.links.redirect.hosts import AGAIN, Hosts
from genlyd.links.redirect.lookup import Links
from genlyd.links.redirect.replay import always

log = logging.getLogger("genlyd.redirect")

CHANNEL = "genlyd_links"
EVERYTHING = "*"
#: Payloads that begin with this are a process's own trials.
TRIAL = "="
#: Seconds between trials, for one to come back, and before a lost connection is made anew.
EVERY, WITHIN, RETRY = 5.0, 2.0, 1.0
_SAY = "SELECT pg_notify($1, $2)"


class Listening:
    def __init__(self, connect: Callable[[], Awaitable[Any]], links: Links, hosts: Hosts) -> None:
        self._connect, self._links, self._hosts = connect, links, hosts
        self._trial = TRIAL + secrets.token_hex(8)
        self._came_back = asyncio.Event()
        self._lost = asyncio.Event()
        self._look = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(always(work)) for work in (self._turn, self._load, self._listen)]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def heard(self, payload: str) -> None:
        if payload == EVERYTHING:
            self._links.doubt_everything()
            self._look.set()
        elif payload == self._trial:
            self._came_back.set()
        elif not payload.startswith(TRIAL):
            self._links.forget(payload)

    async def _turn(self) -> None:
        while True:
            self._links.turn()
            await asyncio.sleep(1)

    async def _load(self) -> None:
        """The hosts: at once, when they have changed, and from time to time."""
        while True:
            self._look.clear()
            try:
                await self._hosts.load()
            except AWAY:
                await asyncio.sleep(RETRY)
                continue
            with contextlib.suppress(TimeoutError):
                # Not wait_for: on Python 3.11 it takes no notice of a cancellation that comes together with the event.
                async with asyncio.timeout(AGAIN):
                    await self._look.wait()

    async def _listen(self) -> None:
        while True:
            connection = None
            try:
                connection = await self._connect()
                await self._stay(connection)
            except AWAY as error:
                if self._links.told:
                    log.warning("Not told of changed links: %r", error)
            finally:
                self._links.told = False
                self._links.turn()
                if connection is not None:
                    connection.terminate()
            await asyncio.sleep(RETRY)

    async def _stay(self, connection: Any) -> None:
        self._lost.clear()
        connection.add_termination_listener(lambda _connection: self._lost.set())
        await connection.add_listener(CHANNEL, lambda _c, _pid, _channel, payload: self.heard(payload))
        while True:
            self._came_back.clear()
            async with asyncio.timeout(WITHIN):
                await connection.execute(_SAY, CHANNEL, self._trial)
                await self._came_back.wait()
            if not self._links.told:
                # What changed while nobody listened was not heard.
                self._links.told = True
                self._links.doubt_everything()
                self._look.set()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._lost.wait()
                raise ConnectionError("lost")
