"""Starts the double as a process of its own on a free loopback port."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.servers.pds.server import free_port

STARTS = 20.0
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class LinkedIn:
    url: str
    key: str = "linkedin"
    #: Where the fault proxy aims: the call that publishes, and what reads back.
    publish_paths: tuple[str, ...] = ("/rest/posts",)
    read_paths: tuple[str, ...] = ("/rest/memberCreatorPostAnalytics", "/rest/memberFollowersCount")

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def addresses(self, through: str = "") -> str:
        """For GENLYD_NETWORK_ADDRESSES."""
        at = through or self.url
        return f"linkedin={at},linkedin.auth={self.url}"

    def ask(self, path: str, body: Any = None) -> Any:
        address = f"{self.url}/_double/{path}"
        answer = (
            httpx2.get(address, timeout=30) if body is None else httpx2.post(address, json=body, timeout=30)
        )
        answer.raise_for_status()
        return answer.json()

    def set(self, **fields: Any) -> None:
        self.ask("set", fields)

    def person(self, name: str, **fields: Any) -> dict[str, str]:
        """{sub, name, token}: a member with a token as if they had connected."""
        return dict(self.ask("person", {"name": name, **fields}))

    def stored(self, sub: str = "") -> list[dict[str, Any]]:
        return list(self.ask(f"posts?sub={sub}"))


@contextmanager
def running() -> Iterator[LinkedIn]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.servers.linkedin.double", str(port)], cwd=ROOT)
    try:
        double, until = LinkedIn(f"http://127.0.0.1:{port}"), time.monotonic() + STARTS
        while True:
            try:
                double.ask("state")
                break
            except httpx2.HTTPError:
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("The LinkedIn double did not start") from None
                time.sleep(0.05)
        yield double
    finally:
        process.kill()
        process.wait()
