"""A worker that only judges clicks, at once: python -m tests.links.loss.ingesting. To be killed at any moment.

`genlyd worker` does the same every five seconds, for clicks that have settled for four.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from genlyd.cli import lifeline


class Ingesting:
    def __init__(self, dsn: str, home: Path) -> None:
        self._environment = {**os.environ, "DATABASE_URL": dsn, "GENLYD_HOME": str(home)}
        home.mkdir(exist_ok=True)
        self._log = (home / "ingesting.log").open("ab")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.kill()
        self._log.close()

    def start(self, *, wait: bool = True) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], env=self._environment, stdout=subprocess.PIPE, stderr=self._log,
            preexec_fn=lifeline.on_exec(signal.SIGKILL),  # noqa: PLW1509  a killed test run leaves nothing
        )  # fmt: skip
        if not wait:
            return
        assert self._process.stdout
        assert self._process.stdout.readline() == b"begun\n", "it did not start: see ingesting.log"

    def kill(self) -> None:
        """Raises AssertionError when it had ended before: then nobody judged any more."""
        ended = self._process.poll()
        self._process.kill()
        self._process.wait()
        assert ended is None, f"it ended by itself ({ended}):\n{Path(self._log.name).read_text()[-2000:]}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError, InterfaceError, connection

    from genlyd.base import clock
    from genlyd.links import ingest

    print("begun", flush=True)  # noqa: T201
    while True:
        try:
            ingest.judge(now=clock.now() + ingest.SETTLE)
        except (DatabaseError, InterfaceError):
            connection.close()
        time.sleep(0.05)


if __name__ == "__main__":
    main()
