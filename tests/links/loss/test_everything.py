"""Redirect, database and worker at once: all restarted, and all at work on the same clicks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from genlyd.cli import lifeline
from tests.links.loss.counting import settled
from tests.links.loss.ground import SLUGS, Ground
from tests.links.loss.ingesting import Ingesting
from tests.links.loss.visitors import CLIENTS, Visitors
from tests.links.redirecting import Server

pytestmark = pytest.mark.django_db
#: Requests of each visitor a second: all of them are judged in the end, which takes its time.
PACE = 30


def test_restart_of_everything_under_load_loses_nobody(ground: Ground, tmp_path: Path) -> None:
    with (
        Ingesting(ground.postgres.dsn, tmp_path) as ingesting,
        ground.redirect(tmp_path) as server,
        Visitors([("127.0.0.1", server.port)], SLUGS, pace=PACE) as visitors,
    ):
        visitors.wait_for(200)
        settled(lambda: ground.judged() > 100, "clicks are judged")
        ingesting.kill()
        ground.postgres.stop("immediate")
        visitors.wait_for(100)
        server.kill()
        ground.postgres.start()
        ingesting.start(wait=False)
        server.start()
        visitors.wait_for(200)
        visitors.go_home()
        count = ground.counted_home(visitors, tmp_path, judged=True)
    assert (count.lost, count.twice, count.refused) == (0, 0, 0)
    assert count.unheard <= CLIENTS
    assert ground.summed() == count.recorded, "the sums say the same"


def test_clicks_that_come_home_after_the_worker_counted_them_are_not_counted_again(
    ground: Ground, shared: Server, home: Path
) -> None:
    swallowed = ground.wire.swallowed
    with (
        Ingesting(ground.postgres.dsn, home),
        Visitors([("127.0.0.1", shared.port)], SLUGS, pace=PACE) as visitors,
    ):
        for _time in range(4):
            visitors.wait_for(100)
            ground.wire.swallow()  # in the table, and in the spool
            time.sleep(0.6)
        visitors.go_home()
        count = ground.counted_home(visitors, home, judged=True)
    assert ground.wire.swallowed == swallowed + 4
    assert count.recorded == ground.summed() == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)


@contextmanager
def worker(ground: Ground, home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real one, as it is started in production."""
    environment = {**os.environ, "DATABASE_URL": ground.postgres.dsn, "GENLYD_HOME": str(home)}
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "genlyd.cli", "worker"], env=environment, stdout=log, stderr=log,
            preexec_fn=lifeline.on_exec(signal.SIGKILL),  # noqa: PLW1509  a killed test run leaves nothing
        )  # fmt: skip
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def test_the_worker_goes_on_when_the_database_is_back_and_ends_without_it(
    ground: Ground, shared: Server, tmp_path: Path
) -> None:
    def visit() -> int:
        with Visitors([("127.0.0.1", shared.port)], SLUGS, pace=PACE) as visitors:
            visitors.wait_for(20)
            visitors.go_home()
        return len(visitors.answered)

    with worker(ground, tmp_path) as process:
        before = visit()
        settled(lambda: ground.judged() == before, "clicks are judged before", seconds=60)
        ground.postgres.stop("immediate")
        time.sleep(3)  # it has tried to reach the database, and failed
        ground.postgres.start()
        after = visit()
        settled(lambda: ground.judged() == before + after, "clicks are judged afterwards", seconds=60)
        assert process.poll() is None
        ground.postgres.stop("immediate")
        try:
            process.terminate()
            assert process.wait(15) == 0, "it ends in time without a database, too"
        finally:
            ground.postgres.start()
