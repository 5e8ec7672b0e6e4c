"""The driver's own cursor, inside Django's connection and transaction, and arrays as PostgreSQL writes them.

Django's cursor writes every value into the statement, and the driver quotes arrays value by value: both cost more than
everything else ingest does. Ids travel as text for the same reason. Errors are Django's all the same: whoever waits
for a database to come back knows those, and Django has to hear that its connection is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Cursor


def _cursor() -> Cursor[Any]:
    connection.ensure_connection()
    assert connection.connection is not None
    # The same ten statements for each organisation: planned once per connection.
    connection.connection.prepare_threshold = 5
    return Cursor(connection.connection)


def ask(sql: str, values: Any = ()) -> Cursor[Any]:
    """A question; within `together` only fetching waits for the answer."""
    with connection.wrap_database_errors:
        return _cursor().execute(sql, values, binary=True)


def rows(sql: str, values: Any = ()) -> list[Any]:
    return ask(sql, values).fetchall()


def send(sql: str, values: Any = ()) -> Cursor[Any]:
    """A statement; within `together` its `rowcount` is there after the next `sync()`."""
    with connection.wrap_database_errors:
        return _cursor().execute(sql, values)


@contextmanager
def together() -> Iterator[Any]:
    """Statements sent one after the other without waiting for answers: the database works while we go on counting."""
    connection.ensure_connection()
    assert connection.connection is not None
    with connection.wrap_database_errors, connection.connection.pipeline() as pipeline:
        yield pipeline


def array(values: Iterable[Any]) -> str:
    """Of numbers, dates and ids."""
    return "{" + ",".join(map(str, values)) + "}"


def words(values: Iterable[str]) -> str:
    """Of names that hold neither quotes nor backslashes: everything that we name ourselves."""
    return '{"' + '","'.join(values) + '"}'


def bits(values: Iterable[bool]) -> str:
    return "{" + ",".join("t" if value else "f" for value in values) + "}"


def keys(values: Iterable[bytes]) -> str:
    """Of visitor keys."""
    return "{" + ",".join(f'"\\\\x{value.hex()}"' for value in values) + "}"
