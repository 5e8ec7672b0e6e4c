"""Clicks to disk before the answer: group commit by COPY on one connection, without a timer.

While one batch commits, the next one gathers; so batches are as small as the load allows and one commit serves all
visitors that wait for it. A second connection does not help (measured), and one INSERT per click costs a factor
of three to six. Nobody waits longer than PATIENCE: then, or when the database is away, the batch goes to the spool;
and until a database that hangs has decided, whoever comes next goes to the spool at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from genlyd.links.redirect.asking import AWAY
from genlyd.links.redirect.batch import PATIENCE, Batch, Unrecorded
from genlyd.links.redirect.replay import Replay, always
from genlyd.links.redirect.row import COPY, Row, to_copy
from genlyd.links.redirect.spool import Spool

log = logging.getLogger("genlyd.redirect")

#: Seconds after which a COPY is given up: its connection is closed and its clicks are in the spool already.
GIVE_UP = 5.0
#: Seconds between attempts to reach a database that is away.
RETRY = 0.5
#: Clicks in one commit. More go to the spool, and beyond MOST_WAITING visitors are told to try again.
MOST, MOST_WAITING = 5_000, 20_000

#: A database may be set to answer before it has written: not to us. And one whose wire was cut in the middle of a COPY
#: holds that COPY's clicks, which keep the same ones of a spool waiting: it must notice soon, not after two hours.
_DURABLE = """
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
"""


class Recorder:
    def __init__(
        self,
        connect: Callable[[], Awaitable[Any]],
        spool: Spool,
        connect_aside: Callable[[], Awaitable[Any]] | None = None,
    ) -> None:
        """`connect_aside`: for what no visitor waits for, when that is to be another kind of connection."""
        self._connect = connect
        self._connect_aside = connect_aside or connect
        self._spool = spool
        self._disk = ThreadPoolExecutor(1, "spool")  # one thread: what touches the spool happens in order
        self._gathering: Batch | None = None
        self._copying: Batch | None = None
        self._unsettled: set[Batch] = set()
        self._waiting = 0
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connection: Any = None
        self._closed = False
        self._complained = 0.0

    @property
    def connected(self) -> bool:
        return self._connection is not None and not self._connection.is_closed()

    async def start(self) -> None:
        with contextlib.suppress(*AWAY):  # a redirect works without its database
            self._connection = await self._reach(self._connect)
        replay = Replay(
            self._spool, self._disk, lambda: self._reach(self._connect_aside), lambda: self.connected
        )
        for work in (self._flush, self._stay_connected, replay.go_on):
            self._begin(always(work))

    async def stop(self) -> None:
        """Every click that is waiting is written, then all is closed."""
        while self._unsettled:
            await asyncio.wait({batch.done for batch in self._unsettled})
            await asyncio.sleep(0)
        self._closed = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._connection is not None:
            self._connection.terminate()
        self._disk.shutdown()
        self._spool.close()

    def record(self, row: Row) -> asyncio.Future[None]:
        """Done when the click is on disk. Raises Unrecorded, or ends in it."""
        if self._closed or self._waiting >= MOST_WAITING:
            raise Unrecorded("too many visitors wait" if not self._closed else "ended")
        self._waiting += 1
        batch = self._gathering
        if batch is None:
            batch = self._gathering = Batch(self._too_late)
            self._unsettled.add(batch)
            batch.done.add_done_callback(lambda _done: self._settled(batch))
        batch.rows.append(row)
        self._wake.set()
        if len(batch.rows) >= MOST:
            self._too_late(batch)
        return batch.done

    def _settled(self, batch: Batch) -> None:
        self._unsettled.discard(batch)
        self._waiting -= len(batch.rows)

    def _begin(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _flush(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._gathering = self._gathering, None
            if batch is None:
                continue
            if not self.connected:
                await self._keep(batch)
                continue
            self._copying = batch
            try:
                # `copy_to_table` without the writing of its statement, which costs as much as the sending.
                await self._connection._copy_in(COPY, to_copy(batch.rows), None)  # noqa: SLF001
            except Exception as error:  # noqa: BLE001  whatever it was, the clicks must go somewhere
                # The commit may have happened although its answer was lost: the spool is replayed by click id.
                log.warning("The database did not take %d clicks: %r", len(batch.rows), error)
                self._copying = None
                self._connection.terminate()
                await self._keep(batch)
            else:
                self._copying = None
                batch.settle()

    def _too_late(self, batch: Batch) -> None:
        if self._gathering is batch:
            self._gathering = None
        if self._copying is batch:
            asyncio.get_running_loop().call_later(GIVE_UP - PATIENCE, self._give_up, batch)
            self._begin(self._keep_all_while_copying(batch))
        else:
            self._begin(self._keep(batch))

    def _give_up(self, batch: Batch) -> None:
        # Closed, not cancelled: cancelling waits for an answer, which a cut wire never brings.
        if self._copying is batch:
            self._connection.terminate()

    async def _keep_all_while_copying(self, batch: Batch) -> None:
        await self._keep(batch)
        while self._copying is batch:
            await self._wake.wait()
            if self._copying is not batch:
                return  # the event stays set: what gathered is the flusher's
            self._wake.clear()
            gathered, self._gathering = self._gathering, None
            if gathered is not None:
                await self._keep(gathered)

    async def _keep(self, batch: Batch) -> None:
        if batch.kept:
            return
        batch.kept = True
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._disk, self._spool.append, batch.rows)
        except Exception as error:  # noqa: BLE001  a full disk, most likely
            if self._copying is batch:
                batch.kept = False  # the database may take it yet; if not, the disk is asked again
            else:
                self._complain(error)
                batch.settle(Unrecorded(str(error)))
        else:
            batch.settle()

    def _complain(self, error: Exception) -> None:
        # Once a second: a disk that is full has no room for a line about each click either.
        now = time.monotonic()
        if now - self._complained >= 1:
            self._complained = now
            log.error("Clicks can be kept neither in the database nor in the spool: %r", error)

    async def _reach(self, connect: Callable[[], Awaitable[Any]]) -> Any:
        """A connection whose commits are on disk when they are said to be."""
        connection = await connect()
        try:
            await connection.execute(_DURABLE, timeout=PATIENCE * 8)
        except BaseException:
            connection.terminate()
            raise
        return connection

    async def _stay_connected(self) -> None:
        while True:
            await asyncio.sleep(RETRY)
            if not self.connected:
                with contextlib.suppress(*AWAY):
                    self._connection = await self._reach(self._connect)
                    log.info("The database is back.")
