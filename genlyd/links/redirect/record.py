"""Clicks to disk before the answer: group commit by COPY on one connection, without a timer.

While one batch commits, the next one gathers; so batches are as small as the load allows and one commit serves all
visitors that wait for it. A second connection does not help (measured), and one INSERT per click costs a factor
of three to six. Nobody waits longer than PATIENCE: then, or when the database is away, the batch goes to the spool.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg

from genlyd.links.redirect.spool import COLUMNS, Row, Spool

log = logging.getLogger("genlyd.redirect")

#: Seconds a visitor waits for the commit before their click goes to the local spool instead.
PATIENCE = 0.25
#: Seconds after which a COPY is given up: its connection is closed and its clicks are in the spool already.
GIVE_UP = 5.0
#: Seconds between attempts to reach a database that is away.
RETRY = 0.5
#: Clicks in one commit; more wait for the next.
MOST = 5_000

AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError)


class Unrecorded(Exception):
    """Neither the database nor the disk took the click."""


class Batch:
    """Clicks that stand or fall together."""

    __slots__ = ("done", "kept", "rows", "timer")

    def __init__(self, too_late: Callable[[Batch], None]) -> None:
        loop = asyncio.get_running_loop()
        self.rows: list[Row] = []
        self.done: asyncio.Future[None] = loop.create_future()
        self.kept = False
        self.timer = loop.call_later(PATIENCE, too_late, self)

    def settle(self, error: Exception | None = None) -> None:
        self.timer.cancel()
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
            self.done.exception()  # a visitor who has gone away never asks for it


class Recorder:
    def __init__(self, connect: Callable[[], Awaitable[Any]], spool: Spool) -> None:
        self._connect = connect
        self._spool = spool
        self._disk = ThreadPoolExecutor(1, "spool")  # one thread: what touches the spool happens in order
        self._gathering: Batch | None = None
        self._unsettled: set[Batch] = set()
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connection: Any = None

    @property
    def connected(self) -> bool:
        return self._connection is not None and not self._connection.is_closed()

    async def start(self) -> None:
        with contextlib.suppress(*AWAY):  # a redirect works without its database
            self._connection = await self._connect()
        for work in (self._flush(), self._stay_connected(), self._replay()):
            self._begin(work)

    async def stop(self) -> None:
        """Every click that is waiting is written, then all is closed."""
        while self._unsettled:
            await asyncio.wait({batch.done for batch in self._unsettled})
            await asyncio.sleep(0)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._connection is not None:
            self._connection.terminate()
        self._disk.shutdown()
        self._spool.close()

    async def record(self, row: Row) -> None:
        """Returns when the click is on disk. Raises Unrecorded."""
        batch = self._gathering
        if batch is None or len(batch.rows) >= MOST:
            batch = self._gathering = Batch(self._too_late)
            self._unsettled.add(batch)
            batch.done.add_done_callback(lambda _done: self._unsettled.discard(batch))
        batch.rows.append(row)
        self._wake.set()
        # Shielded: a visitor who hangs up must not cancel what the others wait for.
        await asyncio.shield(batch.done)

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _flush(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._gathering = self._gathering, None
            if batch is None or batch.kept:
                continue
            if not self.connected:
                await self._keep(batch)
                continue
            try:
                await self._connection.copy_records_to_table(
                    "links_click", records=batch.rows, columns=COLUMNS, timeout=GIVE_UP
                )
            except AWAY as error:
                # The commit may have happened although its answer was lost: the spool is replayed by click id.
                log.warning("The database did not take %d clicks: %r", len(batch.rows), error)
                self._connection.terminate()
                await self._keep(batch)
            else:
                batch.settle()

    def _too_late(self, batch: Batch) -> None:
        if self._gathering is batch:
            self._gathering = None
        self._begin(self._keep(batch))

    async def _keep(self, batch: Batch) -> None:
        if batch.kept:
            return
        batch.kept = True
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._disk, self._spool.append, batch.rows)
        except OSError as error:
            batch.settle(Unrecorded(str(error)))
        else:
            batch.settle()

    async def _stay_connected(self) -> None:
        while True:
            await asyncio.sleep(RETRY)
            if not self.connected:
                with contextlib.suppress(*AWAY):
                    self._connection = await self._connect()
                    log.info("The database is back.")

    async def _replay(self) -> None:
        """Bring the spool home whenever the database is there: our own, and what dead processes left."""
        loop = asyncio.get_running_loop()
        while True:
            if self.connected:
                for left in await loop.run_in_executor(self._disk, self._spool.take):
                    try:
                        await left.bring_home(self._connect)
                    except AWAY as error:
                        log.warning("The spool waits: %r", error)
                        left.release()
                    else:
                        await loop.run_in_executor(self._disk, left.remove)
            await asyncio.sleep(RETRY * 2)
