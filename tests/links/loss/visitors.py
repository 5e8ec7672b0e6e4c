"""Visitors who remember what they were told: each request says it came from a host that no other names."""

from __future__ import annotations

import asyncio
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.links.loss.hosts import enter

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CLIENTS = 16
#: Seconds until a visitor gives up waiting.
LONGEST = 10.0
_runs = itertools.count(1)


@dataclass
class Told:
    """Numbers of requests, by what became of them."""

    answered: set[str] = field(default_factory=set)
    refused: dict[str, int] = field(default_factory=dict)
    #: Sent, and never answered: the connection broke, or the visitor gave up.
    unknown: set[str] = field(default_factory=set)
    slowest: float = 0.0

    @property
    def statuses(self) -> Counter[int]:
        return Counter(self.refused.values())


class Visitors(Told):
    """`with Visitors([("127.0.0.1", port)], slugs) as visitors:` come until the end, each on an own connection.

    Each asks again as soon as they are answered, at most `pace` times a second. At the end who waits is waited for.
    `network` is the namespace they come from.
    """

    def __init__(
        self, nodes: Sequence[tuple[str, int]], slugs: Sequence[str], *, clients: int = CLIENTS, pace: float = 250,
        network: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.nodes, self.slugs, self.clients, self.pace = list(nodes), list(slugs), clients, pace
        self.run = f"r{next(_runs)}"
        self._end = threading.Event()
        self._network = network
        self._thread = threading.Thread(target=self._come, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.go_home()

    def go_home(self) -> None:
        self._end.set()
        self._thread.join(LONGEST * 2)
        assert not self._thread.is_alive()

    def wait_for(self, answers: int, seconds: float = 20) -> None:
        """Until so many more were answered."""
        wanted, until = len(self.answered) + answers, time.monotonic() + seconds
        while len(self.answered) < wanted:
            assert time.monotonic() < until, f"{len(self.answered)} answered, {self.statuses} refused"
            time.sleep(0.01)

    def _come(self) -> None:
        if self._network:
            enter(self._network)
        asyncio.run(self._all())

    async def _all(self) -> None:
        await asyncio.gather(*(self._visit(number) for number in range(self.clients)))

    async def _visit(self, number: int) -> None:
        dice, serials = random.Random(number), itertools.count(1)
        node = self.nodes[number % len(self.nodes)]
        while not self._end.is_set():
            try:
                async with asyncio.timeout(2):
                    reader, writer = await asyncio.open_connection(*node)
            except (OSError, TimeoutError):
                await asyncio.sleep(0.02)
                continue
            try:
                while not self._end.is_set():
                    began = time.monotonic()
                    status = await self._ask(f"{self.run}n{number}s{next(serials)}", dice, reader, writer)
                    took = time.monotonic() - began
                    self.slowest = max(self.slowest, took)
                    # Whoever is told to come back in a moment waits a moment.
                    await asyncio.sleep(max(1 / self.pace - took, 0) if status == 302 else 0.05)
            except (OSError, EOFError, TimeoutError):
                await asyncio.sleep(0.02)
            finally:
                writer.close()
                with suppress(OSError):
                    await writer.wait_closed()

    async def _ask(
        self, serial: str, dice: random.Random, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> int:
        # Somebody else after every ten: judging looks at each visitor's whole day.
        agent = f"{BROWSER} {serial[:-1]}"
        self.unknown.add(serial)
        writer.write(
            f"GET /{dice.choice(self.slugs)} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\n"
            f"Referer: https://{serial}/\r\n\r\n".encode()
        )
        async with asyncio.timeout(LONGEST):
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.lower().split(b"\r\n")
            await reader.readexactly(
                next((int(line[15:]) for line in lines if line[:15] == b"content-length:"), 0)
            )
        self.unknown.remove(serial)
        status = int(head[9:12])
        if status == 302:
            self.answered.add(serial)
        else:
            self.refused[serial] = status
        return status
