"""Where Genlyd keeps its own files, and how it reaches its database. No Django here."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import platformdirs

from genlyd.base import env


def genlyd_home() -> Path:
    """The folder of the embedded database, uploads, keys and collected static files. It may not exist yet."""
    default = "/var/lib/genlyd" if os.geteuid() == 0 else platformdirs.user_data_dir("genlyd")
    return Path(env.text("GENLYD_HOME", default, help="Folder for the embedded database, uploads and keys."))


def database_url() -> str:
    """DATABASE_URL, or the socket of the embedded PostgreSQL."""
    given = env.secret("DATABASE_URL", help="A PostgreSQL 16+ to use instead of the embedded one.")
    return given or embedded_url()


def embedded_url() -> str:
    return f"postgresql://genlyd@/genlyd?host={quote(str(socket_folder()), safe='')}"


def uses_embedded_database() -> bool:
    return not env.secret("DATABASE_URL", help="A PostgreSQL 16+ to use instead of the embedded one.")


def socket_folder() -> Path:
    """A Unix socket's path may have 107 bytes at most; a deep home falls back to a short runtime folder."""
    folder = genlyd_home() / "run"
    if len(str(folder / ".s.PGSQL.5432.lock")) <= 100:  # noqa: PLR2004
        return folder
    digest = f"{abs(hash_path(folder)):x}"[:12]
    return Path("/tmp") / f"genlyd-{os.geteuid()}-{digest}"  # noqa: S108


def hash_path(path: Path) -> int:
    """A hash that is the same in every process (Python's own is salted)."""
    import zlib

    return zlib.crc32(str(path).encode())
