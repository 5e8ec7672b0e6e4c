"""A whole Genlyd in processes of its own: `genlyd up` on a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg

from genlyd.cli import lifeline

PROC = Path("/proc")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"{what} did not happen within {seconds} s"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_gone(pids: list[int], seconds: float = 40) -> None:
    """Ending may take a checkpoint's time on a busy disk. Who is still there is named."""
    until = time.monotonic() + seconds
    while left := [pid for pid in pids if alive(pid)]:
        assert time.monotonic() < until, f"still there after {seconds} s: {[_words(pid) for pid in left]}"
        time.sleep(0.1)


def _words(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return str(pid)


def descendants(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in PROC.glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        parents.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        children = parents.get(todo.pop(), [])
        found += children
        todo += children
    return found


class House:
    def __init__(self, home: Path, python: str = sys.executable, **environment: str) -> None:
        self.home, self.python = home, python
        self.port, self.redirect_port = free_port(), free_port()
        self.environment = environment
        self.process: subprocess.Popen[str] | None = None
        self.log = home.parent / "log"

    def start(self, verb: str = "up") -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name != "DATABASE_URL" and not name.startswith(("GENLYD_", "DJANGO_", "PYTEST_"))
        }
        environment |= {"GENLYD_HOME": str(self.home), "GENLYD_WEB_PROCESSES": "1", **self.environment}
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [
                    self.python, "-P", "-m", "genlyd.cli", verb, "--port", str(self.port),
                    "--redirect-port", str(self.redirect_port),
                ],
                cwd="/", env=environment, stdout=log, stderr=log, text=True,
                preexec_fn=lifeline.on_exec(signal.SIGTERM),  # noqa: PLW1509  a killed test run leaves nothing
            )  # fmt: skip

    def wait_ready(self) -> None:
        def ready() -> bool:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            return self.status("/readyz") == 200

        wait_for(ready, 180, f"readiness of {self.home}\n{self.log.read_text()}")

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        # The site stands back behind everybody else, and the first page after a start takes long beside other tests.
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode(errors="replace"), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace"), dict(error.headers)

    def status(self, path: str) -> int:
        try:
            return self.get(path)[0]
        except OSError:
            return 0

    def database(self) -> psycopg.Connection:
        sockets = quote(str(self.home / "run"), safe="")
        return psycopg.connect(f"postgresql://genlyd@/genlyd?host={sockets}", autocommit=True)

    def processes(self) -> list[int]:
        assert self.process is not None
        return [self.process.pid, *descendants(self.process.pid)]

    def terminate(self, within: float = 10) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(within)

    def kill_everything(self) -> None:
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        assert self.process is not None
        self.process.wait(10)
