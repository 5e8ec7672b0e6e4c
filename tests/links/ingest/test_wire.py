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
    with pytest.raises(OperationalError):
        say(GO_AWAY)
    connection.close_if_unusable_or_obsolete()
    assert wire.rows("SELECT 1") == [(1,)]
