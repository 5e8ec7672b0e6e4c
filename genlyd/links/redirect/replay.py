"""The spool comes home whenever the database is there: our own files, and what dead processes left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import Any

from genlyd.links.redirect.left import Left
from genlyd.links.redirect.spool import MOST_TAKEN, Spool

log = logging.getLogger("genlyd.redirect")

#: Seconds between two looks at the spool, and before work that stumbled begins again.
AGAIN, AFTER_STUMBLING = 1.0, 0.5


class Replay:
    """`disk`: the one thread through which the spool is used."""

    def __init__(
        self,
        spool: Spool,
        disk: Executor,
        connect: Callable[[], Awaitable[Any]],
        connected: Callable[[], bool],
    ) -> None:
        self._spool, self._disk, self._connect, self._connected = spool, disk, connect, connected

    async def go_on(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            home = 0
            if self._connected():
                taken = await loop.run_in_executor(self._disk, self._spool.take)
                try:
                    while taken and self._connected():
                        left = taken.pop(0)
                        if await self._bring_home(left):
                            await loop.run_in_executor(self._disk, left.remove)
                            home += 1
                finally:
                    for left in taken:
                        left.release()
            if home < MOST_TAKEN:  # else there may be more
                await asyncio.sleep(AGAIN)

    async def _bring_home(self, left: Left) -> bool:
        try:
            await left.bring_home(self._connect)
        except BaseException as error:
            left.release()
            if not isinstance(error, Exception):
                raise
            # Also what is wrong with this one file alone: it must not hold up the others.
            log.warning("%s waits: %r", left.path, error)
            return False
        return True


async def always(work: Callable[[], Awaitable[None]]) -> None:
    """What nobody foresaw must not end recording: said aloud, and begun again."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("Something stumbled and goes on.")
            await asyncio.sleep(AFTER_STUMBLING)
