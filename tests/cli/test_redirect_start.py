"""`genlyd redirect` that cannot start says why and ends; it does not stay and answer everybody with an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.house import free_port


def test_a_wrong_setting_is_named_and_the_command_ends(tmp_path: Path) -> None:
    environment = {**os.environ, "GENLYD_HOME": str(tmp_path / "home"), "GENLYD_REDIRECT_FIRST": "maybe"}
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "genlyd.cli", "redirect", "--redirect-port", str(free_port())],
        env=environment, cwd="/", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode != 0
    assert "GENLYD_REDIRECT_FIRST='maybe' is neither yes nor no" in ended.stdout + ended.stderr
