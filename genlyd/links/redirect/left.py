"""A spool file that is ours to bring home."""

from __future__ import annotations

import asyncio
import logging
import os
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg

from genlyd.links.redirect.row import COLUMNS, TABLE, Row, from_line, to_copy, to_line

log = logging.getLogger("genlyd.redirect")

#: Clicks in one transaction: reading and sending them must not hold up visitors for long.
CHUNK = 1_000
#: Seconds for one chunk; a wire that carries no more must not keep the file locked for hours.
LONGEST = 30.0
REJECTED = "rejected.jsonl"
_NAMES = ", ".join(COLUMNS)
_INSERT = f"INSERT INTO {TABLE} ({_NAMES}) SELECT {_NAMES} FROM spooled ON CONFLICT DO NOTHING"  # noqa: S608
#: What the table says of a row it can never take. asyncpg has a DataError of its own for what it cannot send.
_REFUSED = (
    asyncpg.exceptions.DataError,
    asyncpg.exceptions._base.DataError,  # noqa: SLF001  not exported
    asyncpg.IntegrityConstraintViolationError,
    UnicodeError,
    OverflowError,
    struct.error,
)


class Left:
    """`file` is open and locked, and closed by `release` or `remove`."""

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self._lines = os.fdopen(file, "rb")

    def chunk(self) -> list[Row]:
        """The next clicks; empty at the end."""
        rows: list[Row] = []
        while len(rows) < CHUNK and (line := self._lines.readline()):
            try:
                rows.append(from_line(line))
            except ValueError:
                if line.endswith(b"\n"):
                    self._reject(line)
                else:
                    log.warning("%s: half a line, its writer died before it answered.", self.path)
        return rows

    async def bring_home(self, connect: Callable[[], Awaitable[Any]]) -> None:
        """Every row is in the database afterwards, once. Raises what the database raises when it is away."""
        connection = await connect()
        try:
            while rows := await asyncio.to_thread(self.chunk):
                await self._insert(connection, rows)
        finally:
            connection.terminate()

    async def _insert(self, connection: Any, rows: list[Row]) -> None:
        # Closed, not cancelled: cancelling waits for an answer, which a cut wire never brings.
        watchdog = asyncio.get_running_loop().call_later(LONGEST, connection.terminate)
        try:
            async with connection.transaction():
                await connection.execute(f"CREATE TEMP TABLE spooled (LIKE {TABLE}) ON COMMIT DROP")
                await connection.copy_to_table(
                    "spooled", source=to_copy(rows), columns=COLUMNS, format="binary"
                )
                await connection.execute(_INSERT)
        except _REFUSED:
            if len(rows) == 1:
                await asyncio.to_thread(self._reject, to_line(rows[0]))
                return
        else:
            return
        finally:
            watchdog.cancel()
        # One row the table refuses must not hold up the others.
        middle = len(rows) // 2
        await self._insert(connection, rows[:middle])
        await self._insert(connection, rows[middle:])

    def _reject(self, line: bytes) -> None:
        path = self.path.parent / REJECTED
        log.error("The database refuses a click: kept in %s.", path)
        with path.open("ab") as rejected:
            rejected.write(line)
            rejected.flush()
            os.fsync(rejected.fileno())
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def release(self) -> None:
        self._lines.close()

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.release()
