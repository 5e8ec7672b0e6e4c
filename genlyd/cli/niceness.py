"""Letting others go first where processors are short."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: Linux compares niceness within a session only, and sessions by this (sched(7), "The autogroup feature").
AUTOGROUP = Path("/proc/self/autogroup")


def stand_back(by: int) -> None:
    """This process and those it starts from now on, by so many steps of niceness; never nearer to the front.

    Its whole session too when that is its own, as under `genlyd up` and systemd: of a terminal's session others are
    part. Between containers neither counts, only their own weights do.
    """
    if by <= os.getpriority(os.PRIO_PROCESS, 0):
        return
    os.setpriority(os.PRIO_PROCESS, 0, by)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            AUTOGROUP.write_text(str(by))
