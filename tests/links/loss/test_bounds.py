"""A database that hangs: the queue is short, the spool takes the rest, memory stays, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import threading
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from genlyd.links.redirect import record
from genlyd.links.redirect.batch import Unrecorded
from genlyd.links.redirect.ids import Ids
from genlyd.links.redirect.record import Recorder
from genlyd.links.redirect.row import Row
from genlyd.links.redirect.spool import Spool, waiting

IDS = Ids()


class Hanging:
    """A connection that takes a batch and never says what became of it."""

    def __init__(self) -> None:
        self.closed, self.given = False, 0
        self._end = asyncio.Event()

    async def execute(self, _query: str, **_: object) -> None: ...

    async def copy_to_table(self, *_: object, **__: object) -> None:
        self.given += 1
        await self._end.wait()
        raise ConnectionError("closed")

    def is_closed(self) -> bool:
        return self.closed

    def terminate(self) -> None:
        self.closed = True
        self._end.set()


def a_row() -> Row:
    return (1, IDS.next(time.time()), 1, 0, b"v" * 16, "GET", "Firefox" * 20, "", False, False, "", False)


async def begun(folder: Path, connections: list[Hanging], most: int = 1) -> Recorder:
    async def connect() -> Any:
        if len(connections) >= most:
            raise ConnectionError("no more")
        connections.append(Hanging())
        return connections[-1]

    recorder = Recorder(connect, Spool(folder))
    await recorder.start()
    return recorder


async def recorded(recorder: Recorder, many: int) -> int:
    """How many of so many visitors at once were recorded."""

    async def one() -> bool:
        try:
            await recorder.record(a_row())
        except Unrecorded:
            return False
        return True

    return sum(await asyncio.gather(*(one() for _ in range(many))))


def test_clicks_beyond_the_queue_go_to_the_spool_and_memory_stays_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "GIVE_UP", 60)  # it hangs all the time
    monkeypatch.setattr(record, "MOST", 1_000)

    async def run() -> tuple[int, int]:
        recorder = await begun(tmp_path, [])
        assert await recorded(recorder, record.MOST) == record.MOST
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        took = sum([await recorded(recorder, 200) for _wave in range(25)])
        grown = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        await recorder.stop()
        return took, grown

    took, grown = asyncio.run(run())
    assert took == 5_000
    assert waiting(tmp_path) == (record.MOST + took, 0), "each of them on disk before it was answered"
    assert grown < 500_000, "5,000 rows would be more than two megabytes"


def test_when_disk_and_database_hang_visitors_are_told_to_come_back_instead_of_piling_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "MOST_WAITING", 300)
    disk = threading.Event()

    async def run() -> int:
        recorder = await begun(tmp_path, [])
        monkeypatch.setattr(recorder._spool, "append", lambda _rows: disk.wait(10))
        asyncio.get_running_loop().call_later(0.5, disk.set)
        took = await recorded(recorder, 1_000)
        await recorder.stop()
        return took

    assert asyncio.run(run()) == 300


def test_database_that_hangs_too_long_is_given_up_and_asked_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "GIVE_UP", 0.4)
    monkeypatch.setattr(record, "RETRY", 0.05)
    connections: list[Hanging] = []

    async def run() -> int:
        recorder = await begun(tmp_path, connections, 99)
        took = await recorded(recorder, 10)
        while len(connections) < 3:
            await asyncio.sleep(0.02)
            took += await recorded(recorder, 10)
        await recorder.stop()
        return took

    took = asyncio.run(asyncio.wait_for(run(), 10))
    assert connections[0].closed
    assert waiting(tmp_path)[0] == took


def test_click_after_the_end_is_refused(tmp_path: Path) -> None:
    async def run() -> int:
        recorder = await begun(tmp_path, [])
        await recorder.stop()
        return await recorded(recorder, 3)

    assert asyncio.run(run()) == 0
