"""Programs that do nothing but count: no database, no disk, no network. They keep the processors busy, as pages do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

COUNT = "while True: sum(range(100_000))"


@contextmanager
def counting() -> Iterator[Callable[[], dict[str, Any]]]:
    """One for each processor: beside them, visitors wait for a busy machine and for nothing of ours."""
    programs = [subprocess.Popen([sys.executable, "-c", COUNT]) for _processor in os.sched_getaffinity(0)]
    try:
        yield lambda: {"programs": len(programs)}
    finally:
        for program in programs:
            program.kill()
            program.wait()
