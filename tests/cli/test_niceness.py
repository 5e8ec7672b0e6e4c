"""The site stands back: itself, what it starts, and its session when that is its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from genlyd.cli.niceness import stand_back

#: The file is there and empty for programs that no session was made for (process 1, and what it starts without one).
SESSION = """
from genlyd.cli.niceness import AUTOGROUP
print((AUTOGROUP.read_text().split() if AUTOGROUP.exists() else [])[-1:] or "none")
"""
SAY = """
import os, subprocess, sys
from genlyd.cli.niceness import stand_back
stand_back(7)
stand_back(3)
child = subprocess.run([sys.executable, "-c", "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"],
    capture_output=True, text=True).stdout.strip()
print(os.getpriority(os.PRIO_PROCESS, 0), child)
"""
here = pytest.mark.skipif(
    os.getpriority(os.PRIO_PROCESS, 0) > 6, reason="these tests stand further back already"
)


def said(*programs: str, own_session: bool) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", "".join(programs)],
        start_new_session=own_session,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()


@here
def test_it_stands_back_with_its_children_and_never_comes_nearer_again():
    assert said(SAY, own_session=False) == ["7 7"]


@here
def test_its_own_session_stands_back_and_nobody_elses():
    (before,) = said(SESSION, own_session=False)
    assert said(SAY, SESSION, own_session=False)[1] == before
    if said(SESSION, own_session=True) == ["none"]:
        pytest.skip("no autogroups here")
    assert said(SAY, SESSION, own_session=True)[1] == "['7']"
    assert said(SESSION, own_session=False) == [before]


def test_not_at_all_is_not_at_all():
    before = os.getpriority(os.PRIO_PROCESS, 0)
    stand_back(0)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
