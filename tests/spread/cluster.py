"""A real Citus cluster under the tests, where CITUS_URL leads to its coordinator (a superuser's address).

Then the whole suite runs on it: `CITUS_URL=postgresql://postgres@10.0.0.1/postgres make test ARGS="tests/links"`. The
database that CITUS_URL names must have its workers joined (`citus_add_node`); the test database is made on the same
machines, and its tables are distributed by `genlyd distribute` itself before the first test.
"""

from __future__ import annotations

import os

import psycopg
import pytest
from django.db import connection

from genlyd.cli.distribute import cluster, moves

URL = os.environ.get("CITUS_URL", "")

on_citus = pytest.mark.skipif(not URL, reason="CITUS_URL leads to no Citus cluster to test on")
on_plain = pytest.mark.skipif(
    bool(URL), reason="CITUS_URL is set, and this is about a PostgreSQL without Citus"
)


def spread_over_it() -> None:
    """Turn Django's new test database into the coordinator's database of a cluster.

    It and its like on the workers stay until the next run makes them anew: Citus's own connections keep Django from
    dropping it at the end, about which pytest then warns.
    """
    if cluster.extension():
        return
    here = connection.settings_dict
    with psycopg.connect(URL, autocommit=True) as known:
        nodes = known.execute(
            "SELECT nodename, nodeport FROM pg_dist_node WHERE noderole = 'primary' AND groupid > 0 ORDER BY 1, 2"
        ).fetchall()
    for host, port in nodes:
        with psycopg.connect(URL, host=host, port=port, autocommit=True) as worker:
            worker.execute(f'DROP DATABASE IF EXISTS "{here["NAME"]}" WITH (FORCE)')
            worker.execute(f'CREATE DATABASE "{here["NAME"]}"')
        with psycopg.connect(URL, host=host, port=port, dbname=here["NAME"], autocommit=True) as worker:
            worker.execute("CREATE EXTENSION citus")
    cluster.ask("CREATE EXTENSION IF NOT EXISTS citus")
    if nodes:
        cluster.ask("SELECT citus_set_coordinator_host(%s, %s)", [here["HOST"], int(here["PORT"] or 5432)])
    for host, port in nodes:
        cluster.ask("SELECT citus_add_node(%s, %s)", [host, port])
    distribute_everything()
    connection.close()


def drop_what_a_run_before_left() -> None:
    """Citus keeps connections of its own to a database, so that Django cannot drop it."""
    name = connection.creation._get_test_db_name()
    with psycopg.connect(URL, autocommit=True) as database:
        database.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def distribute_everything() -> None:
    """Few shards: tests have few rows, and every query of all of them asks every shard."""
    for table in cluster.tables():
        if not table.distributed:
            anchor = next((other.name for other in cluster.tables() if other.distributed), None)
            moves.distribute(table.name, beside=anchor, shards=4)
            moves.drop_left_behind(table.name)
