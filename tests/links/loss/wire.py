"""A TCP way to the database that can be cut, can stop carrying without a word, and can swallow one answer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from tests.links.loss.postgres import free_port

#: What PostgreSQL says once a COPY is committed: CommandComplete, "COPY <rows>".
COMMITTED = b"COPY "


class Wire:
    """Runs in a thread of its own, so that tests may simply wait."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        """To the PostgreSQL at `host` and `port`; a host that is a folder means its socket there."""
        self.port, self._far = free_port(), (host, port)
        self.swallowed = 0
        self._swallow = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._carries = asyncio.Event()
        self._server: asyncio.Server | None = None
        self.mend()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def mend(self) -> None:
        self._do(self._mend())

    def cut(self) -> None:
        """Every connection ends at once, and nobody gets a new one."""
        self._do(self._cut())

    def hold(self) -> None:
        """Connections stay, and carry nothing: as with a firewall that forgot. `mend` carries on."""
        self._loop.call_soon_threadsafe(self._carries.clear)

    def swallow(self, replies: int = 1) -> None:
        """Cut exactly when the database says that a COPY is committed: the redirect never hears of it."""
        self._swallow += replies

    def dsn(self, dsn: str) -> str:
        head, _at, tail = dsn.partition("@")
        return f"{head}@127.0.0.1:{self.port}/{tail.partition('/')[2]}"

    async def _mend(self) -> None:
        self._carries.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def _cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._writers):
            writer.transport.abort()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self._far
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await self._carries.wait()
            far_reader, far_writer = await self._reach()
        except OSError:
            writer.transport.abort()
            self._writers.discard(writer)
            return
        self._writers.add(far_writer)

        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, answers: bool) -> None:
            with suppress(OSError):
                while data := await source.read(65536):
                    await self._carries.wait()
                    if answers and self._swallow and COMMITTED in data:
                        self._swallow -= 1
                        self.swallowed += 1
                        break
                    sink.write(data)
                    await sink.drain()
            for end in (writer, far_writer):
                end.transport.abort()
                self._writers.discard(end)

        await asyncio.gather(pump(reader, far_writer, answers=False), pump(far_reader, writer, answers=True))
