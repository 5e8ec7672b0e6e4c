"""A program that does nothing but count: no database, no disk, no network. It keeps a processor busy, as pages do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

COUNT = "while True: sum(range(100_000))"


@contextmanager
def counting() -> Iterator[Callable[[], dict[str, Any]]]:
    """One of them: the site renders one page at a time, whoever asks."""
    program = subprocess.Popen([sys.executable, "-c", COUNT])
    try:
        yield lambda: {"programs": 1}
    finally:
        program.kill()
        program.wait()
