"""The ground tests stand on, loaded by pytest before Django's settings are read (see `addopts`).

A throw-away GENLYD_HOME, so that no test touches a real one, and, when DATABASE_URL is unset, the embedded
PostgreSQL on it, without fsync. Translations are compiled first, as tests read pages in Danish.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_started: list[tuple[object, subprocess.Popen[bytes]]] = []


def _home() -> Path:
    if os.geteuid() != 0:
        return ROOT / ".cache" / "test-home"
    # As root PostgreSQL runs as another user, who may not be able to enter the folder of this clone.
    return Path(tempfile.gettempdir()) / f"genlyd-tests-{zlib.crc32(str(ROOT).encode()):x}"


def _start_database() -> None:
    from genlyd.base.home import embedded_url
    from genlyd.cli.embedded import Server

    server = Server(Path(os.environ["GENLYD_HOME"]), durable=False)
    server.home.mkdir(parents=True, exist_ok=True)
    if not server.lock():  # another run in this clone: take a folder of our own
        os.environ["GENLYD_HOME"] = tempfile.mkdtemp(prefix="genlyd-tests-")
        Path(os.environ["GENLYD_HOME"]).chmod(0o755)
        server = Server(Path(os.environ["GENLYD_HOME"]), durable=False)
    server.prepare()
    log = (server.home / "postgres.log").open("w")
    process = server.spawn(output=log)
    server.wait(process)
    _started.append((server, process))
    os.environ["DATABASE_URL"] = embedded_url()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit what the first process prepared
        subprocess.run([sys.executable, str(ROOT / "tools" / "mo.py")], check=True)
        os.environ["GENLYD_HOME"] = str(_home())
        (_home() / "static").mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("GENLYD_LOG", "text")
        if os.environ.get("CITUS_URL"):  # see tests/spread/cluster.py
            os.environ["DATABASE_URL"] = os.environ["CITUS_URL"]
        if not os.environ.get("DATABASE_URL"):
            _start_database()
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    from genlyd.cli.embedded import Server

    for _server, process in _started:
        Server.stop(process)
    _started.clear()
