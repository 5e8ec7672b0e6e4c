"""Packages of npm that only tests need: installed once into `.cache/`, from a committed lock, without their scripts.

Node 22 is the one of the PDS (tests/servers/pds): that has to be installed first.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.servers.pds.install import CannotInstall, node

CACHE = Path(__file__).resolve().parents[2] / ".cache"


def is_installed(here: Path, name: str) -> bool:
    mark = CACHE / name / "stamp"
    return mark.exists() and mark.read_text() == _stamp(here)


def install(here: Path, name: str) -> Path:
    """What the lock in `here` names, in `.cache/<name>`. Raises CannotInstall."""
    folder = CACHE / name
    if is_installed(here, name):
        return folder
    npm = node().parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not npm.exists():
        raise CannotInstall("Node is missing: it comes with the PDS")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in ("package.json", "package-lock.json"):
        shutil.copy(here / file, folder / file)
    command = [node(), npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=300)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        last = " / ".join(str(error.stderr or error).strip().splitlines()[-3:])
        raise CannotInstall(f"npm ci for {name} ended badly: {last}") from error
    (folder / "stamp").write_text(_stamp(here))
    return folder


def _stamp(here: Path) -> str:
    return hashlib.sha256((here / "package-lock.json").read_bytes()).hexdigest()
