"""`genlyd up` as its owner meets it: killed, stopped, started twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.cli.house import House, wait_for, wait_until_gone
from tests.links.going_first import allowed, may_raise_limits

pytestmark = pytest.mark.slow


def test_up_killed_with_9_in_the_middle_of_writing_loses_nothing(house: House) -> None:
    house.start()
    house.wait_ready()
    acknowledged: list[int] = []
    with house.database() as connection:
        connection.execute("create table kept (number int primary key)")

    def write() -> None:
        with house.database() as connection:
            number = 0
            try:
                while True:
                    connection.execute("insert into kept values (%s)", [number])
                    acknowledged.append(number)
                    number += 1
            except psycopg.OperationalError:
                return

    writer = threading.Thread(target=write)
    writer.start()
    wait_for(lambda: len(acknowledged) > 200, 20, "writing")
    pids = house.processes()
    house.kill_everything()
    writer.join(20)
    wait_until_gone(pids)

    house.start()
    house.wait_ready()
    with house.database() as connection:
        kept = {row[0] for row in connection.execute("select number from kept")}
    assert set(acknowledged) <= kept
    assert house.status("/account/login/") == 200


def test_supervisor_killed_alone_takes_everything_with_it(house: House) -> None:
    house.start()
    house.wait_ready()
    pids = house.processes()
    assert len(pids) > 6
    assert house.process is not None
    os.kill(house.process.pid, signal.SIGKILL)
    house.process.wait(5)
    wait_until_gone(pids)


def test_sigterm_stops_within_ten_seconds_and_leaves_no_process(house: House) -> None:
    house.start()
    house.wait_ready()
    pids = house.processes()
    assert house.terminate(within=10) == 0
    wait_until_gone(pids, seconds=1)
    assert "does not stop" not in house.log.read_text()


def test_what_dies_is_started_again(house: House) -> None:
    house.start()
    house.wait_ready()
    postmaster = int((house.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(postmaster, signal.SIGKILL)
    wait_for(lambda: "ended (signal SIGKILL)" in house.log.read_text(), 10, "notice of the death")
    wait_for(lambda: house.status("/readyz") == 200, 40, "the database's return")
    assert postmaster not in house.processes()


def test_taken_port_is_named_before_anything_starts(house: House) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house.port = taken.getsockname()[1]
        house.start()
        assert house.process is not None
        assert house.process.wait(20) == 1
    assert f"Port {house.port} on 127.0.0.1 cannot be used" in house.log.read_text()
    assert not (house.home / "postgres").exists()


def test_second_up_on_one_folder_says_who_is_there(standing: House) -> None:
    second = House(standing.home)
    second.log = standing.home.parent / "second"
    second.start()
    assert second.process is not None
    assert second.process.wait(20) == 1
    assert standing.process is not None
    words = second.log.read_text()
    assert f"Genlyd is already running on {standing.home} (process {standing.process.pid})" in words
    assert "Traceback" not in words
    assert standing.status("/readyz") == 200


def test_folders_that_were_there_keep_their_permissions(standing: House) -> None:
    assert standing.home.parent.stat().st_mode & 0o777 == 0o751
    assert standing.home.parent.stat().st_uid == os.geteuid()
    assert (
        standing.home.parent.parent.stat().st_mode & 0o7777
        == Path(tempfile.gettempdir()).stat().st_mode & 0o7777
    )
    assert standing.home.stat().st_mode & 0o777 == 0o700


def test_database_listens_on_no_network(standing: House) -> None:
    with standing.database() as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("show fsync").fetchone() == ("on",)
        assert connection.execute(
            "select rolsuper from pg_roles where rolname = current_user"
        ).fetchone() == (False,)


def test_stranger_on_the_machine_cannot_reach_the_database(standing: House) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can try as somebody else")
    standing.home.chmod(0o755)
    (standing.home / "run").chmod(0o755)  # even with the doors open
    socket_path = standing.home / "run" / ".s.PGSQL.5432"
    socket_path.chmod(0o777)
    psql = next((standing.home / "postgres").glob("programs-*/bin/psql"), None)
    command = [
        str(psql or "psql"),
        "-h",
        str(standing.home / "run"),
        "-U",
        "genlyd",
        "-c",
        "select 1",
        "genlyd",
    ]
    (standing.home / "postgres").chmod(0o755)
    tried = subprocess.run(
        command, cwd="/", user="nobody", group="nogroup", capture_output=True, text=True, check=False
    )
    assert tried.returncode != 0
    assert "Peer authentication failed" in tried.stderr


def test_the_site_stands_back_and_short_links_do_not(standing: House) -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    niceness: dict[str, set[int]] = {"web": set(), "redirect": set()}
    for pid in standing.processes():
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        for verb in niceness.keys() & set(words):
            niceness[verb].add(os.getpriority(os.PRIO_PROCESS, pid))
    assert niceness == {"web": {max(ours, 10)}, "redirect": {ours}}


@pytest.mark.skipif(
    os.geteuid() != 0 or not allowed(), reason="only root is let go first without being told to"
)
def test_short_links_and_their_database_go_first(house: House) -> None:
    house.start()
    house.wait_ready()

    def first() -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{house.redirect_port}/healthz", timeout=5) as answer:
            return str(json.load(answer)["first"])

    own = {Path(f"/proc/{process}").stat().st_uid for process in house.processes()}
    if 0 not in own and not may_raise_limits():
        pytest.skip("this root may not pass on to the user genlyd what it may itself")
    wait_for(lambda: first() == "redirect and database", 20, "precedence")
