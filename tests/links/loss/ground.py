"""What the loss tests stand on: a database of their own with Genlyd's tables, links in it, and a redirect before it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import LiteralString

import psycopg
from django.db import connection as django_connection
from django.db.models import Model
from psycopg import sql

from genlyd.links.models import Link
from genlyd.people.models import Organisation
from tests.links.loss.counting import TABLES, Tally, recorded, settled, spooled, tally
from tests.links.loss.postgres import Postgres
from tests.links.loss.visitors import Told
from tests.links.loss.wire import Wire
from tests.links.redirecting import Server

#: What ingest adds up.
SUMS = ("links_batch", "links_linkday", "links_daytotal", "links_membertotal", "links_countryday")
SLUGS = [f"vind{number}" for number in range(1, 21)]


def furnish(postgres: Postgres, like: str) -> None:
    """Genlyd's tables, as the migrations made them in the database `like`, and in them one organisation's links."""
    schema = subprocess.run(
        [
            postgres.binaries.program("pg_dump"), "--schema-only", "--exclude-extension=citus", "--no-owner",
            "--no-privileges", like,
        ],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    with psycopg.connect(postgres.dsn.replace("/genlyd?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE genlyd")
    psql = [postgres.binaries.program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", postgres.dsn]
    subprocess.run(psql, check=True, input=schema, text=True, stdout=subprocess.DEVNULL)
    with postgres.connect() as connection:
        organisation = Organisation(pk=1, name="Fjordkraft")
        _insert(connection, organisation)
        for number, slug in enumerate(SLUGS, 1):
            _insert(connection, Link(pk=number, organisation=organisation, slug=slug, target="https://a.dk/"))


def furnished(folder: Path, like: str) -> Postgres:
    """One of its own with all of that, stopped: to be copied."""
    postgres = Postgres(folder)
    postgres.make()
    postgres.start()
    furnish(postgres, like)
    postgres.stop("fast")
    return postgres


def _insert(connection: psycopg.Connection, row: Model) -> None:
    """Into a database that Django does not know of."""
    values = {
        field.column: field.get_db_prep_save(field.pre_save(row, add=True), django_connection)
        for field in row._meta.concrete_fields
        if not field.generated
    }
    names = sql.SQL(", ").join(map(sql.Identifier, values))
    places = sql.SQL(", ").join(sql.Placeholder() * len(values))
    table = sql.Identifier(row._meta.db_table)
    connection.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(table, names, places), list(values.values())
    )


class Ground:
    """One PostgreSQL, one wire to it. `redirect(home)` starts a redirect behind that wire."""

    def __init__(self, postgres: Postgres) -> None:
        self.postgres, self.wire = postgres, Wire(postgres.port)

    #: Where a redirect writes.
    inbox = TABLES[0]

    @property
    def dsn(self) -> str:
        return self.wire.dsn(self.postgres.dsn)

    def redirect(self, home: Path) -> Server:
        return Server(home, self.dsn)

    def clear(self) -> None:
        with self.postgres.connect() as connection:
            connection.execute(f"TRUNCATE {', '.join((*TABLES, *SUMS))}")

    def judged(self) -> int:
        return self._one("SELECT count(*) FROM links_click")

    def waiting(self) -> int:
        return self._one("SELECT count(*) FROM links_arrival")

    def summed(self) -> int:
        """What the sums say, all clicks of all days."""
        return self._one("SELECT coalesce(sum(clicks), 0)::int FROM links_linkday")

    def _one(self, query: LiteralString) -> int:
        with self.postgres.connect() as connection:
            return int((connection.execute(query).fetchone() or (0,))[0])

    def counts(self, *told: Told) -> list[Tally]:
        """The count for each of them. Every row must be of somebody who asked."""
        with self.postgres.connect() as connection:
            rows = recorded(connection)
        tallies = [tally(each, rows) for each in told]
        assert rows.total() == sum(each.recorded for each in tallies), "a row nobody asked for"
        return tallies

    def count(self, told: Told) -> Tally:
        return self.counts(told)[0]

    def counted_home(self, told: Told, *homes: Path, judged: bool = False) -> Tally:
        """The count, once nothing waits in any spool, nor to be judged if somebody judges."""
        settled(lambda: not any(map(spooled, homes)))
        if judged:
            settled(lambda: not self.waiting(), "all are judged", seconds=180)
        return self.count(told)
