"""Starts a double in a process of its own, on a free port of loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from tests.servers.pds.server import free_port

STARTS_WITHIN = 60


@contextmanager
def process(module: str) -> Iterator[str]:
    """The address of `module`, run as a program with a port as its argument."""
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-m", module, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not _answers(url):
            if running.poll() is not None or time.monotonic() > until:
                running.kill()
                said = running.stderr.read().decode()[-2000:] if running.stderr else ""
                raise RuntimeError(f"{module} did not start: {said}")
            time.sleep(0.05)
        yield url
    finally:
        running.kill()
        running.wait()


def _answers(url: str) -> bool:
    """Whatever it answers: somebody is there."""
    try:
        httpx2.get(url, timeout=2)
    except httpx2.HTTPError:
        return False
    return True


def ask(url: str, path: str, body: Any = None) -> Any:
    """One call to the part of a double that only tests may ask."""
    address = f"{url}/_double/{path}"
    answer = httpx2.get(address, timeout=30) if body is None else httpx2.post(address, json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()


def serve(application: Any) -> None:
    import uvicorn

    uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
