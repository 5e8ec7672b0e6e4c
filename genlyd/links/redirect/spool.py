"""Clicks on the local disk while the database is away, and their way home, counted once.

One file per process, locked by it (flock), one JSON line per click, fdatasync before anybody is answered. Whoever
can lock a file may bring it home: its own after closing it, or that of a process that died. The click's id makes
bringing home repeatable.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import uuid
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg

from genlyd.base.ids import uuid7

log = logging.getLogger("genlyd.redirect")

#: organisation, id, link, at, visitor, method, user agent, referrer's host, prefetch
Row = tuple[int, uuid.UUID, int, datetime, bytes, str, str, str, bool]
COLUMNS = (
    "organisation_id", "id", "link_id", "at", "visitor", "method", "user_agent", "referrer_host", "prefetch",
)  # fmt: skip
CHUNK = 5_000
_NAMES = ", ".join(COLUMNS)
_INSERT = f"INSERT INTO links_click ({_NAMES}) SELECT {_NAMES} FROM spooled ON CONFLICT DO NOTHING"  # noqa: S608


def to_line(row: Row) -> bytes:
    organisation, click, link, at, visitor, *rest = row
    return json.dumps([organisation, click.hex, link, at.isoformat(), visitor.hex(), *rest]).encode() + b"\n"


def from_line(line: bytes) -> Row:
    """Raises ValueError for half a line: its writer died before anybody was answered."""
    try:
        organisation, click, link, at, visitor, method, agent, referrer, prefetch = json.loads(line)
        return (
            organisation, uuid.UUID(click), link, datetime.fromisoformat(at), bytes.fromhex(visitor),
            method, agent, referrer, prefetch,
        )  # fmt: skip
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from error


class Spool:
    """Not thread-safe: everything goes through one thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path: Path | None = None
        self._file = -1

    @property
    def holds(self) -> bool:
        """True while clicks wait here, ours or a dead process's."""
        return next(self.folder.glob("clicks-*.jsonl"), None) is not None

    def append(self, rows: Sequence[Row]) -> None:
        """On disk when it returns. Raises OSError, and then none of `rows` is in the file."""
        if self._file < 0:
            self._open()
        end = os.lseek(self._file, 0, os.SEEK_END)
        data = b"".join(map(to_line, rows))
        try:
            while data:
                data = data[os.write(self._file, data) :]
            os.fdatasync(self._file)
        except OSError:
            os.ftruncate(self._file, end)  # half a line would swallow the beginning of the next
            raise

    def take(self) -> list[Left]:
        """Close our own file and lock every file that nobody is writing."""
        self.close()
        found = (_locked(path) for path in sorted(self.folder.glob("clicks-*.jsonl")))
        return [left for left in found if left is not None]

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file, self._path = -1, None

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.folder / f"clicks-{uuid7().hex}.jsonl"
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            folder = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(folder)  # else the file itself may be missing after a power cut
            finally:
                os.close(folder)
        except OSError:
            os.close(file)
            raise
        self._path, self._file = path, file


def _locked(path: Path) -> Left | None:
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return Left(path, file)


class Left:
    """A spool file that is ours to bring home."""

    def __init__(self, path: Path, file: int) -> None:
        self.path = path
        self._file = file

    def rows(self) -> Iterator[Row]:
        with self.path.open("rb") as lines:
            for line in lines:
                try:
                    yield from_line(line)
                except ValueError:
                    log.warning(
                        "%s: half a line, written by a process that died before it answered.", self.path
                    )

    async def bring_home(self, connect: Callable[[], Awaitable[Any]]) -> None:
        """Every row is in the database afterwards, once. Raises what the database raises when it is away."""
        connection = await connect()
        try:
            chunk: list[Row] = []
            for row in self.rows():
                chunk.append(row)
                if len(chunk) >= CHUNK:
                    await self._insert(connection, chunk)
                    chunk = []
            if chunk:
                await self._insert(connection, chunk)
        finally:
            connection.terminate()

    async def _insert(self, connection: Any, rows: list[Row]) -> None:
        try:
            async with connection.transaction():
                await connection.execute("CREATE TEMP TABLE spooled (LIKE links_click) ON COMMIT DROP")
                await connection.copy_records_to_table("spooled", records=rows, columns=COLUMNS)
                await connection.execute(_INSERT)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError):
            if len(rows) == 1:
                self._reject(rows[0])
                return
            # One row the table refuses must not hold up the others.
            for row in rows:
                await self._insert(connection, [row])

    def _reject(self, row: Row) -> None:
        log.error("The database refuses click %s: kept in rejected.jsonl.", row[1])
        with (self.path.parent / "rejected.jsonl").open("ab") as rejected:
            rejected.write(to_line(row))
            rejected.flush()
            os.fdatasync(rejected.fileno())

    def release(self) -> None:
        os.close(self._file)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)
        self.release()
