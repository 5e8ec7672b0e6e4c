"""Installs X's own counting (npm `twitter-text`) into `.cache/twitter-text`, once: 11 MB, a few seconds.

Node 22 is the one of the PDS (tests/servers/pds): that has to be installed first.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.servers.pds.install import CannotInstall, node

HERE = Path(__file__).resolve().parent
INSTALLED = HERE.parents[3] / ".cache" / "twitter-text"


def stamp() -> str:
    return hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()


def is_installed() -> bool:
    mark = INSTALLED / "stamp"
    return mark.exists() and mark.read_text() == stamp()


def install() -> Path:
    """The folder with the package in it. Raises CannotInstall."""
    if is_installed():
        return INSTALLED
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm.exists():
        raise CannotInstall("Node is missing: it comes with the PDS")
    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, INSTALLED / name)
    command = [node(), npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(command, cwd=INSTALLED, check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        last = " / ".join(str(error.stderr or error).strip().splitlines()[-3:])
        raise CannotInstall(f"npm ci ended badly: {last}") from error
    (INSTALLED / "stamp").write_text(stamp())
    return INSTALLED


def count(texts: Sequence[str]) -> list[tuple[int, bool, list[str]]]:
    """Of each text its weight, whether X would take it, and its addresses. One process for all of them."""
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    done = subprocess.run(
        [node(), HERE / "count.mjs", install()], input=lines, capture_output=True, text=True, check=True, timeout=60
    )  # fmt: skip
    return [(weight, valid, found) for weight, valid, found in map(json.loads, done.stdout.splitlines())]
