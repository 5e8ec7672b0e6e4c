"""The driver's own cursor: binary both ways. Django's writes every value into the statement, clicks by the thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Cursor


@contextmanager
def cursor() -> Iterator[Any]:
    """Inside Django's connection, and so inside its transaction."""
    connection.ensure_connection()
    with Cursor(connection.connection) as found:
        yield found


def rows(sql: str, values: Any = ()) -> list[Any]:
    with cursor() as asked:
        asked.execute(sql, values, binary=True)
        return asked.fetchall()


def changed(sql: str, values: Any = ()) -> int:
    """Runs a statement; how many rows it touched."""
    with cursor() as asked:
        asked.execute(sql, values)
        return int(asked.rowcount)
