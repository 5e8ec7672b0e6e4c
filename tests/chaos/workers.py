"""The worker processes: started, killed, replaced, and read when they stumble."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

WORKERS = 2
DATABASE_GONE = ("OperationalError", "InterfaceError", "AdminShutdown", "PoolTimeout")


class Workers:
    """Processes that deliver, and what they write when they stumble."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder
        self.log = (folder / "workers.log").open("w")
        self.spare = [self._start() for _ in range(WORKERS + 1)]
        self.running = [self._begin(number) for number in range(WORKERS)]

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.worker"], env={**os.environ, **self.environment}, stdin=subprocess.PIPE,
            stdout=self.log, stderr=self.log,
        )  # fmt: skip

    def _begin(self, number: int) -> subprocess.Popen[bytes]:
        """A worker that was loaded beforehand begins to work."""
        worker = self.spare.pop(0)
        assert worker.stdin
        worker.stdin.write(f"{number}\n".encode())
        worker.stdin.flush()
        return worker

    def kill(self, number: int) -> None:
        self.running[number].kill()
        self.running[number].wait()
        self.running[number] = self._begin(number)
        self.spare.append(self._start())

    def dead(self) -> bool:
        return any(worker.poll() is not None for worker in self.running)

    def stop(self) -> list[str]:
        """Ends them; returns the exceptions that nobody expected."""
        for worker in [*self.running, *self.spare]:
            worker.kill()
            worker.wait()
        self.log.close()
        said = (self.folder / "workers.log").read_text(errors="replace").splitlines()
        return [f"a worker stumbled: {line[:3000]}" for line in said if is_a_stumble(line)]


def is_a_stumble(line: str) -> bool:
    """An exception that nobody expects. A database that is stopped dead under a worker is expected."""
    return ("Traceback" in line or '"exception"' in line) and not any(name in line for name in DATABASE_GONE)


def database_url() -> str:
    values = connection.settings_dict
    user = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
    address = f"postgresql://{user}@/{values['NAME']}?host={values['HOST']}"
    return f"{address}&port={values['PORT']}" if values["PORT"] else address
