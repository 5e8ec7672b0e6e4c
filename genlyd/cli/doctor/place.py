"""The machine: who runs Genlyd, where its files are, and whether there is room."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from genlyd.cli.account import database_account, why_still_root
from genlyd.cli.doctor.finding import Finding, bad, note, well

GIB = 1024**3
LITTLE, TOO_LITTLE = 5 * GIB, 1 * GIB
SHORTEST_KEY = 32


def account() -> Iterator[Finding]:
    if os.geteuid() != 0:
        yield well("User", f"runs as {database_account(settings.HOME).name}")
        return
    reason = why_still_root(database_account(settings.HOME), settings.HOME)
    yield note(
        "User", f"site and worker run as root, because {reason}",
        "Install Genlyd where every user can read it (/opt/genlyd, not /root), and give it a GENLYD_HOME that it "
        "makes itself; then it changes to the system user genlyd.",
    )  # fmt: skip


def folder() -> Iterator[Finding]:
    home: Path = settings.HOME
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield bad("Folder", f"{home} is not writable", f"chown -R {database_account(home).name} {home}")
    elif home.stat().st_mode & 0o007:
        yield note("Folder", f"everybody on this machine may look into {home}", f"chmod o-rwx {home}")
    else:
        yield well("Folder", str(home))


def keys() -> Iterator[Finding]:
    path = settings.HOME / "secret-keys"
    if any(len(key) < SHORTEST_KEY for key in settings.SECRET_KEYS):
        yield bad(
            "Secret keys", f"a key has fewer than {SHORTEST_KEY} characters",
            "Put a long random one first in GENLYD_SECRET_KEYS and keep the old one behind it, after a comma.",
        )  # fmt: skip
    elif path.exists() and path.stat().st_mode & 0o077:
        yield bad("Secret keys", f"others on this machine may read {path}", f"chmod 600 {path}")
    else:
        yield well(
            "Secret keys", "long enough, and kept to themselves; keep a copy of them with your backups"
        )


def room() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free
    words = f"{free / GIB:.1f} GiB free in {settings.HOME}"
    if free < TOO_LITTLE:
        yield bad("Disk", words, "Make room soon: a database without room stops.")
    elif free < LITTLE:
        yield note("Disk", words, "Make room before it is needed.")
    else:
        yield well("Disk", words)


def files() -> Iterator[Finding]:
    package: Path = settings.PACKAGE
    uncompiled = [po for po in package.rglob("*.po") if not po.with_suffix(".mo").exists()]
    if uncompiled:
        yield bad(
            "Translations",
            f"{len(uncompiled)} are not compiled",
            "In a clone: make setup. Else install again.",
        )
    else:
        yield well("Translations", "compiled")
    fonts = list((package / "ui" / "static").rglob("*.woff2"))
    if not fonts or finders.find("ui/css/base.css") is None:
        yield bad(
            "Static files", "typefaces or scripts are missing from the package", "Install Genlyd again."
        )
    elif not (settings.STATIC_ROOT / ".collected").exists():
        yield note("Static files", "not collected yet", "`genlyd up` and `genlyd web` do it when they start.")
    else:
        yield well("Static files", f"collected in {settings.STATIC_ROOT}")
