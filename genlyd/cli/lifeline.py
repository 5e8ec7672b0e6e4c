"""A process that ends when the one that started it ends, however that came about."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
#: Set by the supervisor for its children: its own process id.
PARENT = "_GENLYD_PARENT"


def _prctl() -> Callable[[int], None] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda number: libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0) and None


#: Loaded before any fork: the child may not take locks between fork and exec.
_set_death_signal = _prctl()


def on_exec(number: int) -> Callable[[], None] | None:
    """For `preexec_fn`: the started program gets this signal when the thread that started it ends (Linux)."""
    set_signal = _set_death_signal
    return (lambda: set_signal(number)) if set_signal else None


def die_with_parent() -> None:
    """End this process, politely, when its parent is gone. Called by a process about itself."""
    parent = os.getppid()
    expected = os.environ.pop(PARENT, "")
    if expected and int(expected) != parent:  # it died before we got here
        os.kill(os.getpid(), signal.SIGTERM)
    if _set_death_signal:
        _set_death_signal(signal.SIGTERM)
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="lifeline").start()
