"""A program that does nothing but count: no database, no disk, no network. It keeps a processor busy, as pages do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

COUNT = "while True: sum(range(100_000))"
#: The site renders one page at a time, whoever asks.
PROGRAMS = 1


@contextmanager
def counting() -> Iterator[Callable[[], dict[str, Any]]]:
    programs = [subprocess.Popen([sys.executable, "-c", COUNT]) for _ in range(PROGRAMS)]
    try:
        yield lambda: {"programs": PROGRAMS}
    finally:
        for program in programs:
            program.kill()
            program.wait()
