"""A durable PostgreSQL of its own, migrated and filled: what all parts are measured on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from genlyd.links.redirect.batch import PATIENCE
from genlyd.links.redirect.spool import FILES
from tests.speed.links.layout import Layout, Size
from tests.speed.links.programs import CannotMeasure

#: Not /tmp, which may be memory: fdatasync must mean something.
PLACE = Path("/var/tmp")
#: Seconds that rows may take to be there.
SETTLING = 20.0
#: Seconds between two looks at them.
PAUSE = 2 * PATIENCE
#: While it is filled: what is emptied and filled in one transaction needs no log.
FILLING = "wal_level = minimal\nmax_wal_senders = 0\nmaintenance_work_mem = 1GB\nautovacuum = off\n"


@dataclass
class Ground:
    """`admin` is a superuser's connection string, `dsn` the application's."""

    folder: Path
    dsn: str
    admin: str
    layout: Layout
    #: The lead of the largest organisation.
    lead: Any
    #: The same database before it was filled.
    empty: str = ""

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.dsn, autocommit=True)

    def count(self, table: str) -> int:
        with self.connect() as connection:
            (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
            return int(number)

    def settled(self, table: str = "links_arrival", at_least: int = 0, dsn: str = "") -> int:
        """Rows once nobody adds any more, and there are so many: what was cut off is still committed, and what was
        spooled comes home in a moment. A batch that waits for a slow commit is in the spool before PAUSE is over."""
        until, before = time.monotonic() + SETTLING, -1
        with psycopg.connect(dsn or self.dsn, autocommit=True) as connection:
            while True:
                row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
                now = int(row[0]) if row else 0
                if (now == before and now >= at_least and not self._spooled) or time.monotonic() > until:
                    return now
                before = now
                time.sleep(PAUSE)

    @property
    def _spooled(self) -> bool:
        """True while clicks wait on the disk of a redirect whose home is in our folder."""
        return next(self.folder.glob(f"*/spool/{FILES}"), None) is not None

    def calm(self) -> None:
        """What was done before is on disk, and nothing is left to tidy up: an idle machine."""
        self.settled()
        self.clear("links_arrival")
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def let_go(self) -> None:
        """The system keeps nothing of our files in memory that no program holds.

        A kernel that is told to take idle pages away (DAMON) does so for minutes after 20 million clicks were read,
        with a twentieth of a processor and without being interrupted: that is no idle machine.
        """
        for file in (self.folder / "home").rglob("*"):
            with suppress(OSError), file.open("rb") as handle:
                os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def clear(self, table: str) -> None:
        with self.connect() as connection:
            connection.execute(f"TRUNCATE {table}")


@contextmanager
def prepared(size: Size, say: Any = lambda _words: None) -> Iterator[Ground]:
    """Starts it, fills it, removes it. This process and its children use it from now on."""
    free = shutil.disk_usage(PLACE).free
    if free < size.bytes_needed:
        raise CannotMeasure(
            f"{size.bytes_needed / 2**30:.0f} GB must be free in {PLACE}; there are {free / 2**30:.0f} GB."
        )
    with _folder(PLACE) as folder:
        _point_to(folder / "home")
        with _server(folder):
            say("an empty database")
            _migrate()
            with _admin("postgres") as connection:
                connection.execute("CREATE DATABASE small TEMPLATE genlyd OWNER genlyd")
        with _server(folder, FILLING):
            say("people, links, clicks, totals")
            layout, lead = _fill(size)
        with _server(folder):
            say("statistics")
            with _admin("genlyd") as connection:
                # All of it: what was loaded a minute ago would be tidied up beside the first parts, and a standing
                # installation's history was vacuumed long ago.
                connection.execute("VACUUM (ANALYZE)")
                connection.execute("CHECKPOINT")
            yield Ground(
                folder=folder, dsn=_address("genlyd", "genlyd"), admin=_address("genlyd", "postgres"), layout=layout,
                lead=lead, empty=_address("small", "genlyd"),
            )  # fmt: skip


@contextmanager
def second(place: Path) -> Iterator[str]:
    """Another one, with no rows, whose files are in `place`. Yields the application's connection string."""
    home = os.environ["GENLYD_HOME"]
    with _folder(place) as folder:
        os.environ["GENLYD_HOME"] = str(folder / "home")
        try:
            with _server(folder):
                _migrate()
                address = _address("genlyd", "genlyd")
                os.environ["GENLYD_HOME"] = home
                yield address
        finally:
            os.environ["GENLYD_HOME"] = home


@contextmanager
def _folder(place: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="genlyd-bench-", dir=place))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _point_to(home: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("GENLYD_", "PG")) or name == "DATABASE_URL"]:
        del os.environ[name]
    os.environ["GENLYD_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "genlyd.config.settings"


def _address(database: str, user: str) -> str:
    from genlyd.base.home import socket_folder

    return f"postgresql://{user}@/{database}?host={quote(str(socket_folder()), safe='')}"


def _admin(database: str) -> psycopg.Connection:
    return psycopg.connect(_address(database, "postgres"), autocommit=True)


@contextmanager
def _server(folder: Path, settings: str = "") -> Iterator[None]:
    """With the sizes that Genlyd chooses, and `settings` besides."""
    from genlyd.cli.embedded import Server

    server = Server(folder / "home")
    server.prepare()
    own = server.data / "postgresql.conf"
    before = own.read_text(encoding="utf-8")
    own.write_text(before + settings, encoding="utf-8")
    with (folder / "postgres.log").open("a") as log:
        process = server.spawn(log)
        try:
            server.wait(process)
            yield
        finally:
            _let_go()
            server.stop(process)
            own.write_text(before, encoding="utf-8")
            server.unlock()


def _let_go() -> None:
    """Django's connections of this process."""
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()


def _migrate() -> None:
    command = [sys.executable, "-m", "genlyd.cli", "migrate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotMeasure(done.stdout + done.stderr)


def _fill(size: Size) -> tuple[Layout, Any]:
    import django

    django.setup()
    from tests.speed.links import history, people, totals

    layout, lead = people.make(size, datetime.now(UTC))

    def clicks() -> None:
        with psycopg.connect(_address("genlyd", "postgres")) as connection:
            seen = history.load(connection, layout)
            totals.load(connection, layout, seen)

    def links() -> None:
        with psycopg.connect(_address("genlyd", "postgres")) as connection:
            people.load(connection, layout)

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(clicks), both.submit(links)]:
            done.result()
    return layout, lead
