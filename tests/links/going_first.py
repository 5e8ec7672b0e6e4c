"""What the tests of precedence ask in a process of its own, so that they never go first themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_MAY = """
import os
os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
"""
_BEFORE = """
import asyncio, os, resource, subprocess, sys, threading, time
import asyncpg
from genlyd.links.redirect.precedence import Precedence

def first(process=0):
    return os.sched_getscheduler(process) == os.SCHED_RR
"""


def allowed() -> bool:
    """Whether the system lets this account go first."""
    return subprocess.run([sys.executable, "-c", _MAY], capture_output=True, check=False).returncode == 0


def may_raise_limits() -> bool:
    """As an ordinary machine's root may, and a container's may not."""
    try:
        return not subprocess.run(
            ["prlimit", "--rtprio=1:1", "true"], stderr=subprocess.DEVNULL, check=False
        ).returncode
    except FileNotFoundError:
        return False


def said(program: str, *arguments: str, within: Sequence[str] = ()) -> list[str]:
    """What it prints. `within`: words in front of the command, to make it somebody else's."""
    return subprocess.run(
        [*within, sys.executable, "-c", _BEFORE + program, *arguments],
        stdout=subprocess.PIPE, text=True, check=True, timeout=60,
    ).stdout.splitlines()  # fmt: skip


def classes(process: int) -> set[int]:
    """Of its threads."""
    return {os.sched_getscheduler(int(thread.name)) for thread in Path(f"/proc/{process}/task").iterdir()}
