"""Starting and stopping the embedded PostgreSQL."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from genlyd.base.home import genlyd_home, socket_folder, uses_embedded_database
from genlyd.cli import lifeline
from genlyd.cli.account import database_account, make_folder
from genlyd.cli.embedded import binaries, cluster, orphans
from genlyd.cli.errors import CannotStart

#: Only tests give up durability for speed.
FAST_AND_FORGETFUL = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class Server:
    """The PostgreSQL of one GENLYD_HOME.

    server = Server(home)
    server.prepare()                # lock, programs, data folder
    process = server.spawn()
    server.wait(process)            # until it answers, then role and database
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.folder = home / "postgres"
        self.data = self.folder / "data"
        self.sockets = socket_folder()
        self.durable = durable
        self._lock: int | None = None

    # --- before it starts ---------------------------------------------------------------------------------
    def lock(self) -> bool:
        """Take the folder for ourselves. False when another process has it. The kernel lets go when we die."""
        path = self.home / "genlyd.lock"
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise CannotStart(
                f"{path} belongs to another user: Genlyd ran as somebody else before. Start it as that user, or hand "
                f"the folder over: chown -R $(id -un) {self.home}"
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self._lock = handle
        return True

    def unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def holder(self) -> str:
        """The process that has the lock, as it wrote itself down."""
        with contextlib.suppress(OSError):
            return (self.home / "genlyd.lock").read_text(encoding="ascii").strip()
        return ""

    def prepare(self) -> None:
        """Everything up to starting. Raises CannotStart when the folder is taken, or of another version."""
        account = database_account(self.home)
        make_folder(self.home, account)
        if self._lock is None and not self.lock():
            raise CannotStart(
                f"Genlyd is already running on {self.home} (process {self.holder()}). Stop that one first, or give "
                "this one a folder of its own with GENLYD_HOME."
            )
        if not account.may(self.home):
            raise CannotStart(
                f"The system user {account.name}, as whom PostgreSQL runs, cannot enter {self.home}. Choose another "
                "GENLYD_HOME (/var/lib/genlyd is a good one) or open the way to it."
            )
        self.account = account
        make_folder(self.folder, account)
        self.binaries = binaries.readable_by(account, binaries.find(), self.folder)
        if not self.data.exists():
            cluster.create(self.data, self.binaries, account)
        cluster.check_version(self.data, self.binaries)
        self._prepare_socket_folder()

    def _prepare_socket_folder(self) -> None:
        make_folder(self.sockets, self.account)
        state = self.sockets.stat()
        # Below /tmp a stranger may have made the folder first, and could listen in our place.
        if state.st_uid not in (self.account.uid, os.geteuid()) or state.st_mode & 0o022:
            raise CannotStart(
                f"{self.sockets} belongs to somebody else, or others may write to it. Remove it first."
            )

    # --- running ------------------------------------------------------------------------------------------
    def spawn(self, output: int | IO[str] | None = None) -> subprocess.Popen[bytes]:
        """Start PostgreSQL as a child that stops (fast shutdown) when we die. Call from the main thread."""
        orphans.clear(self.data, self.sockets)
        cluster.configure(self.data, self.account)
        command = [
            self.binaries.program("postgres"), "-D", str(self.data), "-k", str(self.sockets), "-c", "listen_addresses=",
            "-c", "unix_socket_permissions=0700",
        ]  # fmt: skip
        return subprocess.Popen(
            command + ([] if self.durable else FAST_AND_FORGETFUL),
            cwd="/", env=cluster.clean_environment(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
            preexec_fn=lifeline.on_exec(signal.SIGINT),  # noqa: PLW1509  no other thread runs here
            **self.account.spawning(),
        )  # fmt: skip

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """As superuser, for housekeeping only."""
        return psycopg.connect(
            host=str(self.sockets), dbname=database, user="postgres", autocommit=True, connect_timeout=5
        )

    def wait(self, process: subprocess.Popen[bytes], within: float = 120) -> None:
        """Until it answers. Recovery after a crash may take its time; a process that ended will not answer."""
        until = time.monotonic() + within
        while True:
            try:
                self.connect().close()
                break
            except psycopg.OperationalError as error:
                if process.poll() is not None:
                    raise CannotStart("PostgreSQL did not start; its own words are above.") from error
                if time.monotonic() > until:
                    raise CannotStart(f"PostgreSQL did not answer within {within:.0f} s: {error}") from error
                time.sleep(0.05)
        self._ensure_role_and_database()

    def _ensure_role_and_database(self) -> None:
        with self.connect() as connection:
            if not connection.execute("select 1 from pg_roles where rolname = 'genlyd'").fetchone():
                connection.execute("create role genlyd login")
            if not self.durable:  # tests make databases of their own
                connection.execute("alter role genlyd createdb")
            if not connection.execute("select 1 from pg_database where datname = 'genlyd'").fetchone():
                connection.execute(sql.SQL("create database genlyd owner genlyd"))

    @staticmethod
    def stop(process: subprocess.Popen[bytes], within: float = 60) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        for number, patience in ((signal.SIGINT, within), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            if process.poll() is not None:
                return
            process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)


@contextlib.contextmanager
def running() -> Iterator[None]:
    """For a command of its own: the given database, or the embedded one: that of a running `genlyd up`, or started
    for as long as the command takes."""
    if not uses_embedded_database():
        yield
        return
    server = Server(genlyd_home())
    make_folder(server.home, database_account(server.home))
    if not server.lock():
        yield
        return
    try:
        server.prepare()
        process = server.spawn(output=subprocess.DEVNULL)
        try:
            server.wait(process)
            yield
        finally:
            server.stop(process)
    finally:
        server.unlock()
