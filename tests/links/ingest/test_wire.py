"""The driver's own cursor behaves as Django's does when the database says no, or goes away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from genlyd.links.ingest import wire

pytestmark = pytest.mark.django_db(transaction=True)
GO_AWAY = "SELECT pg_terminate_backend(pg_backend_pid())"


def together(sql: str) -> None:
    with wire.together() as answers:
        wire.send(sql)
        answers.sync()


WAYS = pytest.mark.parametrize("say", [wire.rows, wire.send, together])


@WAYS
def test_errors_are_djangos(say: Callable[[str], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        say("SELECT 1 / 0")
    assert wire.rows("SELECT 1") == [(1,)]


@WAYS
def test_a_lost_connection_is_noticed_and_made_anew(say: Callable[[str], object]) -> None:
    with pytest.raises(OperationalError) as raised:
        say(GO_AWAY)
    assert wire.is_gone(raised.value)
    connection.close_if_unusable_or_obsolete()
    assert wire.rows("SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)",
        "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full'; END $$",
        "SELECT 1 / 0",
    ],
)
def test_a_statement_that_failed_is_no_lost_connection(sql: str) -> None:
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        wire.send(sql)
    assert not wire.is_gone(raised.value)
