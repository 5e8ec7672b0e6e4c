"""For load balancers and monitoring. Answered before anything else looks at the request: a probe asks by address, not
by host name, and has no session."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

_migrated = False


def alive(_request: HttpRequest) -> HttpResponse:
    """This process answers. Says nothing about the database: restarting us would not bring it back."""
    return _plain("alive")


def ready(_request: HttpRequest) -> HttpResponse:
    """The database answers and is migrated: send visitors here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        if not _is_migrated():
            return _plain("The database is not migrated: run `genlyd migrate`.", 503)
    except DatabaseError:
        return _plain("The database does not answer.", 503)
    return _plain("ready")


def _is_migrated() -> bool:
    """Asked until it is true once: a database does not become unmigrated."""
    global _migrated  # noqa: PLW0603
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        f"{text}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"}
    )
