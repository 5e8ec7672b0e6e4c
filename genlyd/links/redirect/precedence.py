"""Short links before all else on this machine, as long as they need little of it.

A click is some hand-overs between this process and its database's, of microseconds each. Where others keep every
processor busy, each of them waits for its turn, up to 4 ms; in a real-time class none does. A flood of clicks
would take all there is, so then short links wait their turn like everybody.

Linux only, and only where this process may (RLIMIT_RTPRIO, or CAP_SYS_NICE); else nothing happens.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

import asyncpg

from genlyd.links.redirect.asking import AWAY

log = logging.getLogger("genlyd.redirect")

#: Seconds between looks at how much this process needs, and looks in a row after which a flood is over.
PERIOD, CALM = 0.25, 8
#: What is a flood: a share of all processors, and of one. The database needs about a third as much besides.
MOST_OF_ALL, MOST_OF_ONE = 0.4, 0.8
#: The lowest of the real-time classes' priorities: before everybody who has none.
PRIORITY = 1
_PROC = Path("/proc")
#: What PostgreSQL writes into the title of the process that serves a connection (`update_process_title`).
_TITLE = """
SELECT pg_backend_pid(), format(
    ' %s %s %s ', session_user, current_database(),
    coalesce(host(inet_client_addr()) || '(' || inet_client_port() || ')', '[local]'))
"""


class Precedence:
    """Of this process's threads, and of the database's processes that serve `share`d connections on this machine."""

    def __init__(self, *, wanted: bool = False) -> None:
        # Another class than the usual one was somebody's decision.
        usual = wanted and sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_OTHER
        self._held = usual and _put(os.getpid(), first=True)
        self.possible = self._held
        self._processes: dict[Any, tuple[int, bytes]] = {}
        self._most = min(MOST_OF_ONE, MOST_OF_ALL * len(os.sched_getaffinity(0))) if self.possible else 0.0
        if wanted and not self.possible:
            log.info("Short links do not go first on this machine: see docs/operate/scaling.md.")

    def held(self) -> str:
        """By whom, just now."""
        if not self._held:
            return "none"
        with contextlib.suppress(ProcessLookupError):
            if any(os.sched_getscheduler(process) == os.SCHED_RR for process in self._here()):
                return "redirect and database"
        return "redirect"

    async def share(self, connection: Any) -> None:
        """Its database's process too, if that is on this machine. Without complaint if not, or if it may not."""
        if not self.possible:
            return
        try:
            process, title = await connection.fetchrow(_TITLE, timeout=2)
        except asyncpg.PostgresError:
            return
        except BaseException as error:
            connection.terminate()  # nobody has it yet; and what is asked next would wait for this question's end
            if not isinstance(error, AWAY):
                raise
        else:
            self._processes[connection] = process, title.encode()
            self._stand(first=self._held)

    async def watch(self) -> None:
        calm = 0
        used, at = time.process_time(), time.monotonic()
        while self.possible:
            await asyncio.sleep(PERIOD)
            before, since = used, at
            used, at = time.process_time(), time.monotonic()
            few = used - before < self._most * (at - since)
            calm = calm + 1 if few else 0
            if self._held and not few:
                self._stand(first=False)
            elif not self._held and calm >= CALM:
                self._stand(first=True)

    def _stand(self, *, first: bool) -> None:
        if first != self._held:
            self._held = _put(os.getpid(), first=first) and first
        for process in self._here():
            _put(process, first=self._held)

    def _here(self) -> list[int]:
        """A number says little: on another machine, or in another container, it is somebody else's."""
        for connection in [gone for gone in self._processes if gone.is_closed()]:
            del self._processes[connection]
        return [process for process, title in self._processes.values() if title in _title(process)]


def _title(process: int) -> bytes:
    try:
        title = (_PROC / str(process) / "cmdline").read_bytes()
    except OSError:
        return b""
    return title if title.startswith(b"postgres: ") else b""


def _put(process: int, *, first: bool) -> bool:
    """All threads of a process; whether that was allowed."""
    policy, priority = (os.SCHED_RR, PRIORITY) if first else (os.SCHED_OTHER, 0)
    try:
        threads = [int(thread.name) for thread in (_PROC / str(process) / "task").iterdir()]
        for thread in threads:
            with contextlib.suppress(ProcessLookupError):
                os.sched_setscheduler(thread, policy, os.sched_param(priority))
    except OSError:
        return False
    return True
