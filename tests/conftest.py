from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests.spread import cluster, statements

pytest_plugins = ["tests.fixtures"]


#: Files of a minute and more. At the end one processor would wait for the other to finish them, so they begin.
LONG = (
    "tests/journeys/test_whole_loop.py", "tests/chaos/test_chaos.py", "tests/cli/test_up.py",
    "tests/journeys/test_every_page.py",
)  # fmt: skip


@pytest.fixture(scope="session")
def django_db_setup(
    citus_begins_anew: None,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Where CITUS_URL is set, the test database's big tables lie on a Citus cluster."""
    if cluster.URL:
        with django_db_blocker.unblock():
            cluster.spread_over_it()


@pytest.fixture(scope="session")
def citus_begins_anew(
    django_db_keepdb: bool,  # noqa: FBT001  pytest-django's own fixture
    django_db_createdb: bool,  # noqa: FBT001
    django_db_modify_db_settings: None,
) -> None:
    if cluster.URL and (django_db_createdb or not django_db_keepdb):
        cluster.drop_what_a_run_before_left()


@pytest.fixture(autouse=True)
def nobody_elses_language() -> None:
    """A test that read a page in Danish leaves the thread Danish; the next one must not hear of it."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def nobody_elses_jobs(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Django empties its own tables after a test that commits, but those of procrastinate are not its own."""
    yield
    # While Playwright is open a loop runs in this thread, and Django refuses the database beside it.
    if connection.connection is not None and not _loop_runs():
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _deleted(
    _operations: Any, _style: Any, tables: Sequence[str], *, reset_sequences: bool = False, **_more: Any
) -> list[str]:
    """Instead of TRUNCATE, which makes new files for each of a hundred tables and their indexes."""
    assert not reset_sequences
    # Django's foreign keys are asked at the end of the transaction, so that the order does not matter.
    return ["".join(f'DELETE FROM "{table}";' for table in tables)]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next((at for at, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
    )


def pytest_configure() -> None:
    if not cluster.URL:
        DatabaseOperations.sql_flush = _deleted  # type: ignore[method-assign,assignment]
    # Argon2 is slow on purpose, and hashed names would need `collectstatic` before every run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # No test asks the live network about made-up people; those that want an AppView start one.
    settings.NETWORK_ADDRESSES = {"bluesky.appview": "http://127.0.0.1:9", **settings.NETWORK_ADDRESSES}
    # A browser's first page of the day costs more than every other page, which tests count; see links/test_own.py.
    settings.MIDDLEWARE.remove("genlyd.links.own.OwnBrowserMiddleware")
    # Machines that run tests are busy: how long an example took says nothing about the code.
    hypothesis.settings.register_profile(
        "genlyd", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("genlyd")
    statements.watch()
