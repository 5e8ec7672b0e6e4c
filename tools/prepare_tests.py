"""Install what only the tests need. Each step looks first whether there is anything to do.

With CI=true a step that fails fails the run; elsewhere it says so, and the tests that need it are skipped loudly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.browser import find_chromium
from tests.servers.oidc.server import install as install_oidc
from tests.servers.pds.install import CannotInstall, install
from tests.servers.x.twitter_text.install import install as install_twitter_text

#: Debian package -> a program of it.
NAMESPACES = {"iproute2": "ip", "util-linux": "unshare"}


def _debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def chromium() -> None:
    """Debian's own where we may install it, else the one Playwright brings."""
    if find_chromium():
        return
    if os.geteuid() == 0 and _debian():
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
        subprocess.run(["apt-get", "update", "--quiet"], env=environment, check=False)
        if subprocess.run(install, env=environment, check=False).returncode == 0 and find_chromium():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def namespaces() -> None:
    """Programs that make hosts and small disks of their own out of one machine. Debian has them in its base."""
    missing = [package for package, program in NAMESPACES.items() if shutil.which(program) is None]
    if not missing:
        return
    if os.geteuid() != 0 or not _debian():
        print(f"not installed, and their tests are skipped: {', '.join(missing)}", file=sys.stderr)
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], env=environment, check=False)
    subprocess.run(
        ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing],
        env=environment,
        check=True,
    )


def pds() -> None:
    """A real Bluesky server in .cache/pds."""
    install()


def twitter_text() -> None:
    """How X counts, in .cache/twitter-text; runs on the PDS's Node."""
    install_twitter_text()


def oidc() -> None:
    """An authorisation server, in .cache/oidc; likewise."""
    install_oidc()


STEPS: tuple[Callable[[], None], ...] = (chromium, namespaces, pds, twitter_text, oidc)


def main() -> int:
    failed = 0
    for step in STEPS:
        try:
            step()
        except (OSError, subprocess.CalledProcessError, CannotInstall) as error:
            print(f"{step.__name__} could not be installed: {error}", file=sys.stderr)
            failed = 1
    return failed if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    raise SystemExit(main())
