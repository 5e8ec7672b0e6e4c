"""The commands of docs/operate/backup.md bring everything back: read from the page, with other folders put in."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from genlyd.cli.embedded import Server
from tests.cli.conftest import folder

__all__ = ["folder"]
PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "operate" / "backup.md"


def _command(program: str, server: Server, dump: Path) -> list[str]:
    line = re.search(rf"^sudo -u genlyd ({program} .*)$", PAGE.read_text(), re.MULTILINE)
    assert line
    words = shlex.split(line[1].replace("/var/lib/genlyd/genlyd.dump", str(dump)))
    words = [word.replace("/var/lib/genlyd/run", str(server.sockets)) for word in words]
    return [server.binaries.program(words[0]), *words[1:]]


def _server(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Server, subprocess.Popen[bytes]]:
    monkeypatch.setenv("GENLYD_HOME", str(home))
    server = Server(home, durable=False)
    server.prepare()
    process = server.spawn(output=subprocess.DEVNULL)
    server.wait(process)
    return server, process


def test_what_was_dumped_comes_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dump = folder / "exchange" / "dump"
    dump.parent.mkdir()
    dump.parent.chmod(0o777)
    server, process = _server(folder / "first", monkeypatch)
    write = "create extension pg_trgm; create table kept (name text); insert into kept values ('Bjørn Ægir')"
    psql = [
        server.binaries.program("psql"),
        "-h",
        str(server.sockets),
        "-U",
        "genlyd",
        "-qc",
        write,
        "genlyd",
    ]
    as_owner = {"cwd": "/", **server.account.spawning()}
    subprocess.run(psql, check=True, **as_owner)
    subprocess.run(_command("pg_dump", server, dump), check=True, **as_owner)
    Server.stop(process)

    other, process = _server(folder / "second", monkeypatch)
    subprocess.run(_command("pg_restore", other, dump), check=True, **as_owner)
    with other.connect("genlyd") as connection:
        assert connection.execute("select name from kept").fetchone() == ("Bjørn Ægir",)
        assert connection.execute("select 1 from pg_extension where extname = 'pg_trgm'").fetchone()
    Server.stop(process)
