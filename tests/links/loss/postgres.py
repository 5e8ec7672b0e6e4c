"""A PostgreSQL of a test's own, that writes through to the disk, may be stopped dead, and may live in another place."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psycopg

from genlyd.cli import lifeline
from genlyd.cli.account import database_account, make_folder
from genlyd.cli.embedded import binaries
from genlyd.cli.embedded.cluster import clean_environment

SETTINGS = {
    "shared_buffers": "32MB",
    "max_connections": "40",
    "max_wal_size": "16MB",
    "min_wal_size": "4MB",
    "log_min_messages": "fatal",
    "jit": "off",
    # What a redirect must not trust: whoever is told so is not on disk yet.
    "synchronous_commit": "off",
}


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


class Postgres:
    """`within`: words in front of every command, which put it into a namespace ("ip", "netns", "exec", ...)."""

    def __init__(
        self, folder: Path, *, host: str = "127.0.0.1", within: Sequence[str] = (), data: Path | None = None
    ) -> None:
        self.folder, self.host, self.within = folder, host, tuple(within)
        self.data, self.port = data or folder / "data", free_port()
        self.account = database_account(folder)
        make_folder(folder, self.account)
        self.binaries = binaries.readable_by(self.account, binaries.find(), folder.parent / "programs")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def dsn(self) -> str:
        return f"postgresql://genlyd@{self.host}:{self.port}/genlyd?sslmode=disable"

    def make(self) -> None:
        self._run(
            "initdb", "-D", str(self.data), "--username=genlyd", "--auth=trust", "--encoding=UTF8", "--locale=C",
            "--no-sync", "--no-instructions", "--wal-segsize=1",
        )  # fmt: skip
        with self.account.acting():
            (self.data / "pg_hba.conf").write_text("local all all trust\nhost all all all trust\n")

    def start(self) -> None:
        settings = {**SETTINGS, "listen_addresses": self.host, "port": str(self.port)}
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [self.binaries.program("postgres"), "-D", str(self.data), "-k", str(self.folder), *flags]
        self.process = subprocess.Popen(
            [*self.within, *self._as_account(command)], cwd="/", env=clean_environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=(self.folder / "log").open("ab"), start_new_session=True,
            preexec_fn=lifeline.on_exec(signal.SIGINT),  # noqa: PLW1509  a killed test run leaves nothing
            **({} if self.within else self.account.spawning()),
        )  # fmt: skip
        self.wait()

    def wait(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not self._answers():
            assert self.process is not None
            said = (self.folder / "log").read_text()
            assert self.process.poll() is None, f"PostgreSQL ended: {said}"
            assert time.monotonic() < until, f"PostgreSQL does not answer: {said}"
            time.sleep(0.03)

    def _answers(self) -> bool:
        try:
            psycopg.connect(host=str(self.folder), port=self.port, user="genlyd", dbname="postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, mode: str = "immediate") -> None:
        """`immediate`: no checkpoint, every connection cut. It recovers from its log when it starts."""
        if self.process is not None and self.process.poll() is None:
            self._run("pg_ctl", "-D", str(self.data), "-m", mode, "stop")
            self.process.wait(30)

    def revive(self) -> None:
        """After it gave up: it may have come back by itself, or have ended for good."""
        until = time.monotonic() + 10
        while self.process is not None and self.process.poll() is None and time.monotonic() < until:
            if self._answers():
                return
            time.sleep(0.05)
        self.stop()
        self.start()

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), port=self.port, user="genlyd", dbname="genlyd", autocommit=True
        )

    def copy_to(self, data: Path, within: Sequence[str] = ()) -> None:
        """The data folder of a server that is stopped; whose it is stays as it is."""
        subprocess.run([*within, "cp", "-a", str(self.data), str(data)], check=True)

    def _run(self, program: str, *words: str) -> None:
        command = [*self.within, *self._as_account([self.binaries.program(program), *words])]
        spawning = {} if self.within else self.account.spawning()
        subprocess.run(
            command, cwd="/", env=clean_environment(), check=True, stdout=subprocess.DEVNULL, **spawning
        )

    def _as_account(self, command: list[str]) -> list[str]:
        """Entering a namespace needs root's rights, and PostgreSQL wants none of them."""
        if not self.within or not self.account.spawning():
            return command
        return [
            "setpriv",
            f"--reuid={self.account.uid}",
            f"--regid={self.account.gid}",
            "--clear-groups",
            *command,
        ]
