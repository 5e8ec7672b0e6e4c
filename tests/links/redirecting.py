"""The redirect service as it runs in production: granian in a process of its own, and a loader."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.request import urlopen

from django.db import connection

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database(host: str | None = None, port: int | None = None) -> str:
    """The test database's address, or the same database reached through another host and port."""
    known = connection.get_connection_params()
    where = host or known.get("host") or "localhost"
    address = f"postgresql://{known.get('user') or ''}@/{known['dbname']}?host={where}"
    if number := port or known.get("port"):
        address += f"&port={number}"
    return address + ("&sslmode=disable" if host else "")


class Server:
    """`with Server(home, dsn) as server:` answers on `server.port` until the end, or until it is killed."""

    def __init__(
        self,
        home: Path,
        dsn: str,
        app: str = "genlyd.links.redirect.app:app",
        within: Sequence[str] = (),
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`within`: words in front of the command, to put it into a namespace; `settings`: more of its environment."""
        self.port = free_port()
        self._command = [
            *within, sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--no-ws",
            "--loop", "uvloop", "--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning", app,
        ]  # fmt: skip
        self._environment = {
            **os.environ,
            "DATABASE_URL": dsn,
            "GENLYD_HOME": str(home),
            "GENLYD_LANGUAGE": "en",
            **settings,
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=1):
                return
            time.sleep(0.05)
        self.kill()
        raise AssertionError("the redirect service did not start")

    def __exit__(self, *_exc: object) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """kill -9 of the server and its worker, both at once."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def terminate(self) -> None:
        """An ordinary deploy."""
        self._process.terminate()
        self._process.wait(timeout=20)


@dataclass
class Answers:
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0


async def load(port: int, slugs: list[str], *, clients: int, until: asyncio.Event) -> Answers:
    """`clients` visitors on keep-alive connections, each asking again as soon as it is answered."""
    answers = Answers()

    async def visit(number: int) -> None:
        dice = random.Random(number)
        while not until.is_set():
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
                continue
            try:
                while not until.is_set():
                    request = f"GET /{dice.choice(slugs)} HTTP/1.1\r\nHost: x\r\nUser-Agent: {BROWSER} {number}\r\n\r\n"
                    began = time.monotonic()
                    writer.write(request.encode())
                    head = await reader.readuntil(b"\r\n\r\n")
                    length = next(
                        (
                            int(line[15:])
                            for line in head.lower().split(b"\r\n")
                            if line[:15] == b"content-length:"
                        ),
                        0,
                    )
                    if length:
                        await reader.readexactly(length)
                    answers.statuses[int(head[9:12])] += 1
                    answers.slowest = max(answers.slowest, time.monotonic() - began)
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.02)
            finally:
                writer.close()

    await asyncio.gather(*(visit(number) for number in range(clients)))
    return answers
