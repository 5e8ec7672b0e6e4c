"""The embedded PostgreSQL without the rest."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from genlyd.cli.embedded import Server, orphans, tuning
from genlyd.cli.errors import CannotStart


@pytest.fixture
def server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setenv("GENLYD_HOME", str(folder / "home"))
    return Server(folder / "home", durable=False)


def _running(server: Server) -> subprocess.Popen[bytes]:
    server.prepare()
    process = server.spawn(output=subprocess.DEVNULL)
    server.wait(process)
    return process


def test_orphan_that_still_runs_is_stopped_and_its_data_kept(server: Server) -> None:
    first = _running(server)
    with server.connect("genlyd") as connection:
        connection.execute("create table kept as select 7 as number")
    # What a killed supervisor leaves where the kernel does not end its children: a running PostgreSQL, no lock.
    second = server.spawn(output=subprocess.DEVNULL)
    server.wait(second)
    try:
        assert first.poll() is not None
        with server.connect("genlyd") as connection:
            assert connection.execute("select number from kept").fetchone() == (7,)
    finally:
        Server.stop(second)


def test_stale_pid_file_that_names_a_stranger_is_no_obstacle(server: Server) -> None:
    Server.stop(_running(server))
    stranger = subprocess.Popen(["sleep", "60"], **server.account.spawning())
    try:
        pid_file = server.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n{server.sockets}\n\n  1 1\nready\n")
        (server.sockets / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n\n")
        process = server.spawn(output=subprocess.DEVNULL)
        server.wait(process)
        Server.stop(process)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_killed_postmaster_leaves_nothing_that_blocks_the_next_one(server: Server) -> None:
    process = _running(server)
    process.send_signal(signal.SIGKILL)
    process.wait()
    again = server.spawn(output=subprocess.DEVNULL)
    server.wait(again)
    Server.stop(again)
    assert orphans.at_work_in(server.data.resolve()) == []


def test_data_of_another_major_version_is_refused_untouched_with_the_way_out(server: Server) -> None:
    Server.stop(_running(server))
    (server.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(
        CannotStart, match=r"made by PostgreSQL 15.*GENLYD_POSTGRES_BIN.*docs/operate/database\.md"
    ):
        server.prepare()
    assert (server.data / "PG_VERSION").read_text() == "15\n"


def test_folder_is_taken_once(server: Server) -> None:
    server.prepare()
    with pytest.raises(CannotStart, match=rf"already running on .* \(process {os.getpid()}\)"):
        Server(server.home).prepare()
    server.unlock()
    Server(server.home).prepare()


def test_initdb_that_was_cut_short_is_done_again(server: Server) -> None:
    half = server.folder / "data.half"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server.home.chmod(0o755)
    if os.geteuid() == 0:
        from genlyd.cli.account import database_account

        account = database_account(server.home)
        for path in (server.home, server.folder, half):
            os.chown(path, account.uid, account.gid)
    process = _running(server)
    Server.stop(process)
    assert not half.exists()


def test_owner_s_own_settings_win_over_the_chosen_sizes(server: Server) -> None:
    server.prepare()
    with (server.data / "postgresql.conf").open("a") as file:
        file.write("work_mem = '19MB'\n")
    process = _running(server)
    with server.connect() as connection:
        assert connection.execute("show work_mem").fetchone() == ("19MB",)
        assert connection.execute("show jit").fetchone() == ("off",)
    Server.stop(process)


@pytest.mark.parametrize(
    ("gib", "shared_buffers", "maintenance"),
    [(0.5, "64MB", "32MB"), (8, "1024MB", "256MB"), (256, "4096MB", "1024MB")],
)
def test_sizes_follow_the_memory(gib: float, shared_buffers: str, maintenance: str) -> None:
    settings = tuning.settings(int(gib * 1024**3))
    assert (settings["shared_buffers"], settings["maintenance_work_mem"]) == (shared_buffers, maintenance)
