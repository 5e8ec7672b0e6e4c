"""The promise of the redirect service: whoever was answered is counted, whatever dies in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from genlyd.links.models import Arrival, Link
from tests.links.redirecting import Answers, Server, Wire, database, load
from tests.world import build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS = 32


@pytest.fixture
def slugs() -> list[str]:
    organisation = build_world().fjordkraft
    return [Link.objects.create(organisation=organisation, target="https://a.dk/").slug for _ in range(20)]


def under_load(
    server: Server, slugs: list[str], event: Callable[[], object], *, seconds: float = 1.0
) -> Answers:
    """Load, then `event` in the middle of it, then the answers until then."""

    async def run() -> Answers:
        until = asyncio.Event()
        visiting = asyncio.create_task(load(server.port, slugs, clients=CLIENTS, until=until))
        await asyncio.sleep(seconds)
        await asyncio.to_thread(event)
        until.set()
        return await visiting

    return asyncio.run(run())


def settled(enough: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not enough():
        assert time.monotonic() < until, "the spool did not come home"
        time.sleep(0.1)


def test_every_answered_click_is_recorded_when_the_service_is_killed(
    slugs: list[str], tmp_path: Path
) -> None:
    with Server(tmp_path, database()) as server:
        answers = under_load(server, slugs, server.kill)
    with Server(tmp_path, database()):  # brings home what the dead process may have spooled
        settled(lambda: not list((tmp_path / "spool").glob("clicks-*")))
    answered, recorded = answers.statuses[302], Arrival.objects.count()
    assert answered > 100
    assert set(answers.statuses) == {302}
    # At most the requests in flight were recorded and never answered.
    assert answered <= recorded <= answered + CLIENTS


def test_sigterm_answers_and_records_alike(slugs: list[str], tmp_path: Path) -> None:
    with Server(tmp_path, database()) as server:
        answers = under_load(server, slugs, server.terminate)
    assert answers.statuses[302] > 100
    assert answers.statuses[302] <= Arrival.objects.count() <= answers.statuses[302] + CLIENTS


def test_clicks_survive_a_database_that_goes_away_and_are_counted_once(
    slugs: list[str], tmp_path: Path
) -> None:
    async def run() -> Answers:
        wire, until = Wire(), asyncio.Event()
        await wire.mend()
        server = Server(tmp_path, database("127.0.0.1", wire.port))
        await asyncio.to_thread(server.__enter__)
        try:
            visiting = asyncio.create_task(load(server.port, slugs, clients=CLIENTS, until=until))
            await asyncio.sleep(1)
            await wire.cut()
            await asyncio.sleep(2)
            spooled = list((tmp_path / "spool").glob("clicks-*"))
            assert spooled, "clicks must have gone to the disk"
            await wire.mend()
            await asyncio.sleep(1)
            until.set()
            answers = await visiting
            await asyncio.to_thread(settled, lambda: not list((tmp_path / "spool").glob("clicks-*")))
        finally:
            server.kill()
            await wire.cut()
        return answers

    answers = asyncio.run(run())
    assert set(answers.statuses) == {302}, "a known link redirects while the database is away"
    assert Arrival.objects.count() == answers.statuses[302]


def test_a_stalled_database_does_not_hold_up_the_visitor(slugs: list[str], tmp_path: Path) -> None:
    with Server(tmp_path, database()) as server:
        under_load(server, slugs, lambda: None, seconds=0.3)
        before = Arrival.objects.count()
        connection.set_autocommit(False)
        try:
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE links_arrival IN EXCLUSIVE MODE")
            answers = under_load(server, slugs, lambda: None, seconds=1)
        finally:
            connection.rollback()
            connection.set_autocommit(True)
        settled(lambda: not list((tmp_path / "spool").glob("clicks-*")))
        settled(lambda: Arrival.objects.count() == before + answers.statuses[302])
    assert answers.statuses[302] >= CLIENTS
    assert answers.slowest < 1, "250 ms of patience, a disk and a busy machine"
