"""Clicks on the local disk while the database is away. Their way home is in `left`.

One file per process, locked by it (flock), one JSON line per click, fdatasync before anybody is answered. Whoever
can lock a file may bring it home: its own after closing it, or that of a process that died. The click's id makes
bringing home repeatable.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from genlyd.base.ids import uuid7
from genlyd.links.redirect.left import REJECTED, Left
from genlyd.links.redirect.row import Row, to_line

FILES = "clicks-*.jsonl"
#: Bytes in one file, roughly: each is brought home by itself, and what is home need not be brought again.
LARGEST = 64 * 1024**2
#: Files locked at a time: after a long outage there may be more of them than a process may open.
MOST_TAKEN = 16


class Spool:
    """Not thread-safe: everything goes through one thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file, self._path = -1, folder

    @property
    def holds(self) -> bool:
        """True while clicks wait here, ours or a dead process's."""
        return next(self.folder.glob(FILES), None) is not None

    @property
    def has_rejected(self) -> bool:
        """True when the database refused clicks for what they are: a person must look."""
        return (self.folder / REJECTED).exists()

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
            # Whatever the disk has made of it, nothing is ever written behind half a line.
            with contextlib.suppress(OSError):
                os.ftruncate(self._file, end)
                if not end:
                    self._path.unlink()
            self.close()
            raise
        if end > LARGEST:
            self.close()

    def take(self) -> list[Left]:
        """Close our own file and lock files that nobody is writing, the oldest first."""
        self.close()
        taken: list[Left] = []
        for path in sorted(self.folder.glob(FILES)):
            if len(taken) < MOST_TAKEN and (file := _locked(path)) is not None:
                taken.append(Left(path, file))
        return taken

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _open(self) -> None:
        """Locked before it has the name under which others look for files that nobody is writing."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = uuid7().hex
        new = self.folder / f"new-{name}.jsonl"
        file = os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._path = new.rename(self.folder / f"clicks-{name}.jsonl")
            sync_folder(self.folder)
        except OSError:
            os.close(file)
            new.unlink(missing_ok=True)
            raise
        self._file = file


def sync_folder(folder: Path) -> None:
    """Else a new file itself may be missing after a power cut."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _locked(path: Path) -> int | None:
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:  # brought home by another process, or too many files are open
        return None
    with contextlib.suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file
    os.close(file)
    return None


def waiting(folder: Path) -> tuple[int, int]:
    """Clicks that wait in this folder, and clicks the database refused. For people; reads every line."""
    return sum(map(_lines, folder.glob(FILES))), sum(map(_lines, folder.glob(REJECTED)))


def _lines(path: Path) -> int:
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        return sum(1 for _line in _whole(file))
    return 0


def _whole(lines: Iterator[bytes]) -> Iterator[bytes]:
    return (line for line in lines if line.endswith(b"\n"))
