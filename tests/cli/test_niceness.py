"""The site stands back: itself, what it starts, and its session when that is its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from genlyd.cli.niceness import AUTOGROUP, stand_back

SAY = """
import os, pathlib, subprocess, sys
from genlyd.cli.niceness import stand_back
stand_back(7)
stand_back(3)
child = subprocess.run([sys.executable, "-c", "import os; print(os.getpriority(os.PRIO_PROCESS, 0))"],
    capture_output=True, text=True).stdout.strip()
group = pathlib.Path("/proc/self/autogroup")
print(os.getpriority(os.PRIO_PROCESS, 0), child, group.read_text().split()[-1] if group.exists() else "-")
"""
here = pytest.mark.skipif(
    os.getpriority(os.PRIO_PROCESS, 0) > 6, reason="these tests stand further back already"
)


def said(*, own_session: bool) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", SAY], start_new_session=own_session, capture_output=True, text=True, check=True
    ).stdout.split()


@here
def test_it_stands_back_with_its_children_and_never_comes_nearer_again():
    assert said(own_session=False)[:2] == ["7", "7"]


@here
@pytest.mark.skipif(not AUTOGROUP.exists(), reason="no autogroups here")
def test_its_own_session_stands_back_and_nobody_elses():
    ours = AUTOGROUP.read_text().split()[-1]
    assert said(own_session=True)[2] == "7"
    assert said(own_session=False)[2] == ours == AUTOGROUP.read_text().split()[-1]


def test_not_at_all_is_not_at_all():
    before = os.getpriority(os.PRIO_PROCESS, 0)
    stand_back(0)
    assert os.getpriority(os.PRIO_PROCESS, 0) == before
