"""The data folder: made once, checked at each start."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from genlyd.cli.account import Account, make_folder
from genlyd.cli.embedded import tuning
from genlyd.cli.embedded.binaries import Binaries
from genlyd.cli.errors import CannotStart

INCLUDE = (
    "\n# Sizes chosen by Genlyd. What you write below this line wins.\ninclude_if_exists = 'genlyd.conf'\n"
)


def clean_environment() -> dict[str, str]:
    """PostgreSQL needs neither our secrets nor the PG* variables of whoever started us."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def create(data: Path, binaries: Binaries, account: Account) -> None:
    """`initdb` beside the final place, then one rename: a folder that was cut short is never taken for a database."""
    half = data.with_name("data.half")
    shutil.rmtree(half, ignore_errors=True)
    make_folder(data.parent, account)
    # The built-in collation does not change with an update of the system, which would quietly break indexes.
    collation = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.major >= 17 else []  # noqa: PLR2004
    made = subprocess.run(
        [
            binaries.program("initdb"), "-D", str(half), "--username=postgres", "--auth-local=peer",
            "--auth-host=reject", "--encoding=UTF8", "--locale=C", *collation, "--data-checksums", "--no-instructions",
        ],
        cwd="/", env=clean_environment(), capture_output=True, text=True, check=False, **account.spawning(),
    )  # fmt: skip
    if made.returncode:
        raise CannotStart(f"PostgreSQL could not make its data folder {data}:\n{made.stderr.strip()}")
    with account.acting(), (half / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(INCLUDE)
    half.rename(data)


def check_version(data: Path, binaries: Binaries) -> None:
    major = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if major != str(binaries.major):
        raise CannotStart(
            f"The database in {data} was made by PostgreSQL {major}, and the programs found are {binaries.version}. "
            f"Nothing was changed. To go on as before, install PostgreSQL {major} and set GENLYD_POSTGRES_BIN to its "
            f"bin folder. To move over to {binaries.major}, see docs/operate/database.md."
        )


def configure(data: Path, account: Account) -> None:
    """Files that are Genlyd's own, written anew at each start."""
    users = {account.name, "root"}
    texts = {
        "genlyd.conf": tuning.render(tuning.settings(tuning.memory())),
        "pg_hba.conf": "# Written by Genlyd.\nlocal all all peer map=genlyd\n",
        "pg_ident.conf": "# Written by Genlyd: system user, database role.\n"
        + "".join(f'genlyd "{user}" {role}\n' for user in sorted(users) for role in ("genlyd", "postgres")),
    }
    with account.acting():
        for name, text in texts.items():
            (data / name).write_text(text, encoding="utf-8")
