"""Which system user Genlyd runs as.

An ordinary user runs everything as themselves. Started as root, PostgreSQL refuses to run, and a web server that is
root turns every bug into a lost machine; so a dedicated system user `genlyd` takes over at once, before a setting
is read or a file is written. It cannot take over where it cannot read the program (a clone below /root): then only
PostgreSQL runs as `genlyd`, and `genlyd doctor` says so.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genlyd.cli.errors import CannotStart

NAME = "genlyd"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def spawning(self) -> dict[str, Any]:
        """Arguments that make `subprocess` run a program as this account; none when we are it already."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Write files as this account. Root must not: the account could have laid a link in its folder."""
        if os.geteuid() != 0:
            yield
            return
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(0)

    def may(self, path: Path, *, write: bool = False) -> bool:
        """Whether the account reaches this folder: asked of the kernel, as modes and ACLs tell half the truth."""
        test = 'test -x "$1" && test -r "$1" && { [ -z "$2" ] || test -w "$1"; }'
        command = ["/bin/sh", "-c", test, "sh", str(path), "w" if write else ""]
        return subprocess.run(command, cwd="/", check=False, **self.spawning()).returncode == 0


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create_system_user(home: Path) -> Account:
    if shutil.which("useradd"):
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        command += ["--home-dir", str(home), NAME]
    elif shutil.which("adduser"):  # BusyBox
        command = ["adduser", "-S", "-D", "-H", "-h", str(home), NAME]
    else:
        raise CannotStart(f"Create a system user named {NAME}, or start Genlyd as an ordinary user.")
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    account = _known(NAME)
    if account is None:
        raise CannotStart(f"The system user {NAME} could not be created: {made.stderr.strip()}")
    return account


def database_account(home: Path) -> Account:
    """Who PostgreSQL runs as: we ourselves, or `genlyd` when we are root."""
    uid = os.geteuid()
    if uid == 0:
        return _known(NAME) or _create_system_user(home)
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise CannotStart(
            f"User number {uid} has no name on this machine, and PostgreSQL asks for one. Start Genlyd as a user "
            "with a name, or set DATABASE_URL to a PostgreSQL that runs elsewhere."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def make_folder(path: Path, owner: Account) -> None:
    """Create a private folder. One that exists already is left exactly as it is."""
    if path.is_dir():
        return
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o755)
    path.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(path, owner.uid, owner.gid)


def why_still_root(account: Account, home: Path) -> str:
    """Why `account` cannot take over from root; empty when it can."""
    command = [sys.executable, "-c", "import genlyd.cli.main"]
    try:
        tried = subprocess.run(command, cwd="/", capture_output=True, check=False, **account.spawning())
    except PermissionError:
        return f"{account.name} may not run {sys.executable}"
    if tried.returncode:
        return f"{account.name} cannot read the program in {Path(__file__).parent.parent}"
    if not account.may(home, write=True):
        return f"{account.name} may not write to {home}"
    return ""


def settle(home: Path) -> None:
    """Called first by every command that runs something: from here on we are who we stay."""
    if os.geteuid() != 0:
        make_folder(home, database_account(home))
        return
    account = database_account(home)
    make_folder(home, account)
    if why_still_root(account, home):
        return
    _let_links_go_first()
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)
    os.environ.update(HOME=str(home), USER=account.name, LOGNAME=account.name)
    # GENLYD_HOME's default depends on who asks: what root was told stays true.
    os.environ["GENLYD_HOME"] = str(home)


def _let_links_go_first() -> None:
    """Whom we start may ask for the lowest real-time priority: `genlyd redirect` does, and for its database too."""
    # Only Linux has it, and a container's root may not.
    with contextlib.suppress(AttributeError, ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_RTPRIO, (1, 1))
