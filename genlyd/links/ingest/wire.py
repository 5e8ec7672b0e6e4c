"""The driver's own cursor, inside Django's connection and transaction, and arrays as PostgreSQL writes them.

Django's cursor writes every value into the statement, and the driver quotes arrays value by value: both cost more than
everything else ingest does. Ids travel as text for the same reason. Errors are Django's all the same: whoever waits
for a database to come back knows those, and Django has to hear that its connection is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Cursor


def _ours() -> BaseDatabaseWrapper:
    """This thread's, once: each look through Django's `connection` costs as much as a short statement's sending."""
    ours = connections[DEFAULT_DB_ALIAS]
    if ours.connection is None:
        ours.ensure_connection()
    return ours


def is_gone(error: Exception) -> bool:
    """Whether it says that the database or the way to it is gone. A statement that fails has a code of its own."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    # Connection exceptions; shutdown, crash, cannot connect now.
    return state is None or state.startswith(("08", "57P"))


def _cursor(ours: BaseDatabaseWrapper) -> Cursor[Any]:
    ours.connection.prepare_threshold = 5  # the same ten statements for each organisation: planned once
    return Cursor(ours.connection)


def ask(sql: str, values: Any = ()) -> Cursor[Any]:
    """A question; within `together` only fetching waits for the answer."""
    ours = _ours()
    with ours.wrap_database_errors:
        return _cursor(ours).execute(sql, values, binary=True)


def rows(sql: str, values: Any = ()) -> list[Any]:
    return ask(sql, values).fetchall()


def send(sql: str, values: Any = ()) -> Cursor[Any]:
    """A statement; within `together` its `rowcount` is there after the next `sync()`."""
    ours = _ours()
    with ours.wrap_database_errors:
        return _cursor(ours).execute(sql, values)


@contextmanager
def together() -> Iterator[Any]:
    """Statements sent one after the other without waiting for answers: the database works while we go on counting."""
    ours = _ours()
    with ours.wrap_database_errors, ours.connection.pipeline() as pipeline:
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
