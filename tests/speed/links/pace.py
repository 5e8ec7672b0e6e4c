"""Visitors who come when they come, not when the last one was answered: python -m tests.speed.links.pace …

An open loop over 64 keep-alive connections. Latency counts from the moment a request was due, so that a pause of the
server is felt by everybody who came meanwhile, and so is one of this client: how late it sent is told, too.
"""

from __future__ import annotations

import asyncio
import gc
import http.client
import json
import os
import selectors
import subprocess
import sys
import time
from collections import Counter, deque
from contextlib import suppress
from pathlib import Path
from typing import Any

CONNECTIONS = 64
#: Seconds that late answers are waited for.
PATIENCE = 10.0
#: Seconds before a visitor is due that the client is awake: who sleeps wakes a third of a millisecond late. Not where
#: visitors come so often that it would never sleep, and leave the server one processor less.
EARLY, SPARING = 0.0004, 500
#: Answers a second below which one gives up.
SLOWEST = 500


class Connection(asyncio.Protocol):
    """One request at a time."""

    def __init__(self, done: Any) -> None:
        self._done = done
        self._seen = b""
        self.due = self.sent = 0.0

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def ask(self, due: float, request: bytes) -> None:
        self.due, self.sent = due, time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, end, body = self._seen.partition(b"\r\n\r\n")
        if not end:
            return
        marked = head.lower().partition(b"\r\ncontent-length:")[2]
        if len(body) >= int(marked.partition(b"\r\n")[0] or 0):
            self._seen = b""
            self._done(self, int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self._done(self, 0)

    def close(self) -> None:
        self._done = lambda *_ignored: None
        self._transport.close()


class Loop:
    """Takes who is due to a connection that is free, or lets them queue for the next one."""

    def __init__(self) -> None:
        self.answers: Counter[int] = Counter()
        #: (when it was due, how long it took), in seconds
        self.visits: list[tuple[float, float]] = []
        self.late: list[float] = []
        self.free: deque[Connection] = deque()
        self._due: deque[tuple[float, bytes]] = deque()
        self._asked = 0

    def come(self, at: float, request: bytes) -> None:
        if self.free:
            self._begin(self.free.popleft(), at, request)
        else:
            self._due.append((at, request))

    @property
    def waits(self) -> bool:
        return bool(self._asked or self._due)

    def done(self, connection: Connection, status: int) -> None:
        self._asked -= 1
        self.answers[status] += 1
        self.visits.append((connection.due, time.perf_counter() - connection.due))
        if not status:
            return
        if self._due:
            self._begin(connection, *self._due.popleft())
        else:
            self.free.append(connection)

    def _begin(self, connection: Connection, at: float, request: bytes) -> None:
        self._asked += 1
        connection.ask(at, request)
        self.late.append(connection.sent - at)


async def drive(port: int, rate: float, count: int, requests: list[bytes]) -> dict[str, Any]:
    """`count` requests, `rate` a second (infinity: as fast as the connections can).

    Times in milliseconds, but in `visits` seconds: when each was due, and how long it took. `answers` counts by
    status; 0 is a connection that broke.
    """
    visits = Loop()
    for _ in range(CONNECTIONS):
        opened = asyncio.get_running_loop().create_connection(
            lambda: Connection(visits.done), "127.0.0.1", port
        )
        visits.free.append((await opened)[1])
    everybody = list(visits.free)
    first = time.perf_counter() + 0.05
    early = EARLY if rate <= SPARING else 0.0
    for number in range(count):
        at = first + number / rate
        while (pause := at - time.perf_counter()) > 0:  # noqa: ASYNC110  it may wake early
            await asyncio.sleep(max(0.0, pause - early))
        visits.come(at, requests[number % len(requests)])
    until = time.perf_counter() + PATIENCE + count / SLOWEST
    while visits.waits and time.perf_counter() < until:  # noqa: ASYNC110  once, when all have been sent
        await asyncio.sleep(0.01)
    for connection in everybody:
        connection.close()
    took = [seconds for _due, seconds in visits.visits]
    return {
        "rate": rate if rate < float("inf") else None, "sent": count, "answers": dict(visits.answers),
        "p50": cut(took, 0.5), "p99": cut(took, 0.99), "slowest": cut(took, 1.0),
        "sent_late_p99": cut(visits.late, 0.99), "visits": visits.visits,
    }  # fmt: skip


def cut(times: list[float], part: float) -> float:
    """The milliseconds within which so large a part of the seconds in `times` lies."""
    ordered = sorted(times)
    return round(1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))], 3)


def requests_of(visitors: Path) -> list[bytes]:
    """The same visitors that wrk sends."""
    lines = (line.split("\t") for line in visitors.read_text(encoding="ascii").splitlines())
    return [
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\nReferer: {referrer}\r\n\r\n".encode()
        for path, agent, referrer in lines
    ]


def paced(port: int, rate: float, count: int, visitors: Path) -> dict[str, Any]:
    """`drive` in a process of its own, so that nobody else's work makes it late."""
    command = [
        sys.executable,
        "-m",
        "tests.speed.links.pace",
        str(port),
        str(rate),
        str(count),
        str(visitors),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return {**found, "answers": {int(status): number for status, number in found["answers"].items()}}


def ask_once(port: int, path: str, agent: str) -> int:
    """The status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"User-Agent": agent})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def be_on_time(priority: int = 1) -> None:
    """A client that is late is not a server that is slow: it goes before everybody else, where it may.

    1 is what short links have, too.
    """
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(priority))


if __name__ == "__main__":
    port_, rate_, count_, file_ = sys.argv[1:]
    if float(rate_) < float("inf"):
        be_on_time()
    asked = requests_of(Path(file_))
    gc.collect()
    gc.disable()  # a pause of ours would be counted as the server's
    # select() waits to the microsecond; epoll, and libuv on top of it, only to the millisecond.
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selectors.SelectSelector())) as runner:
        found_ = runner.run(drive(int(port_), float(rate_), int(count_), asked))
    sys.stdout.write(json.dumps(found_) + "\n")
