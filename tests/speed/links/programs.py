"""nginx and wrk, from Debian where we may install them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

PROGRAMS = ("nginx", "wrk")
PLACES = "/usr/sbin:/usr/local/sbin"


class CannotMeasure(Exception):
    """Says what to install."""


def find(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:{PLACES}")


def ensure() -> dict[str, str]:
    """Where they are. Raises CannotMeasure."""
    missing = [name for name in PROGRAMS if not find(name)]
    if missing and os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # nginx-light: without the modules; neither starts a service where policy-rc.d or no init forbids it.
        install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "nginx-light", "wrk"]
        subprocess.run(["apt-get", "update", "--quiet"], env=environment, check=False)
        subprocess.run(install, env=environment, check=False)
        missing = [name for name in PROGRAMS if not find(name)]
    if missing:
        raise CannotMeasure(
            f"Install {' and '.join(missing)} first (on Debian: apt install nginx-light wrk)."
        )
    return {name: str(find(name)) for name in PROGRAMS}


def version(program: str) -> str:
    """As it says itself, on whichever channel."""
    said = subprocess.run([program, "-v"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+\.\d+(\.\d+)?", said.stdout + said.stderr)
    return found[0] if found else "?"
