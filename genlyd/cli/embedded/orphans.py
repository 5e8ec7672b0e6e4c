"""What an earlier run left behind: it was killed with -9, or the machine lost power."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from genlyd.cli.errors import CannotStart

PROC = Path("/proc")


def at_work_in(data: Path) -> list[int]:
    """Processes whose working folder is the data folder: PostgreSQL's, all of them, and nothing else's (Linux)."""
    found = []
    for entry in PROC.glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == data:
                found.append(int(entry.name))
        except OSError:  # ended meanwhile, or another user's
            continue
    return found


def first_number(lock: Path) -> int | None:
    """The process a lock file names."""
    try:
        return int(lock.read_text(encoding="ascii").splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _gone(data: Path, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not at_work_in(data):
            return True
        time.sleep(0.05)
    return not at_work_in(data)


def clear(data: Path, sockets: Path) -> None:
    """Stop the PostgreSQL that an earlier run left on this folder. Call while holding the folder's lock.

    Stopping is right, not taking over: its settings may be old, and nobody reads its log.
    """
    if not PROC.is_dir():
        # Without /proc PostgreSQL's own check of postmaster.pid decides, and says so if it refuses.
        return
    data = data.resolve()
    postmaster = first_number(data / "postmaster.pid")
    working = at_work_in(data)
    if working:
        # Fast shutdown to the postmaster; without one, backends end by themselves as soon as they notice.
        for pid in [postmaster] if postmaster in working else working:
            _signal(pid, signal.SIGINT)
        if not _gone(data, within=30):
            for pid in at_work_in(data):
                _signal(pid, signal.SIGQUIT)  # leaves recovery to the next start: nothing committed is lost
        if not _gone(data, within=15):
            raise CannotStart(
                f"Processes {at_work_in(data)} hold the database in {data} and do not end. End them first."
            )
    if at_work_in(data):
        return
    # Lock files name a process number. It may be a stranger's by now (usual in containers), or a zombie's that nobody
    # buries, and PostgreSQL would refuse to start. Removing them is only safe because nobody works in the folder,
    # which was just seen, and because both folders are ours alone.
    for lock in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        named = first_number(lock)
        if named is not None and _alive(named):
            lock.unlink(missing_ok=True)


def _signal(pid: int | None, number: int) -> None:
    try:
        if pid is not None:
            os.kill(pid, number)
    except ProcessLookupError:
        pass
