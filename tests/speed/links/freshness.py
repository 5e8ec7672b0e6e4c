"""How old the dashboards' totals are while 32 visitors ask without pause, one worker counts, and everything shares
the processors. Once a second somebody clicks a link with a purpose of its own: it has a total of its own to wait for.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from tests.cli.house import wait_for
from tests.speed.links import wrk
from tests.speed.links.goals import row
from tests.speed.links.ground import Ground
from tests.speed.links.layout import slugs_of
from tests.speed.links.pace import ask_once
from tests.speed.links.stage import Stage

#: The purposes of the links that are clicked once.
FIRST = 1_000_000_000
#: Clicks of a visitor in a day, on the average: a judgement is made beside the visitor's other clicks of the day.
CLICKS_EACH = 2
#: Seconds: between looks into the totals, between counts of what waits, and for the last click to be counted.
LOOK, COUNT, PATIENCE = 0.25, 3.0, 90.0
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


class Watch:
    """Clicks once a second, and looks for each of them in the totals."""

    def __init__(self, ground: Ground, port: int, seconds: float, every: float) -> None:
        self._ground, self._port, self._seconds, self._every = ground, port, seconds, every
        ids = ground.layout.some_links(int(seconds / every) + 1, seed=77)
        self._links = [(int(pk), slug.decode()) for pk, slug in zip(ids, slugs_of(ids), strict=True)]
        self._today = datetime.now(UTC).date()
        self.sent: dict[int, float] = {}
        self.took: dict[int, float] = {}
        #: (seconds since the beginning, clicks that wait)
        self.waiting: list[tuple[float, int]] = []
        with ground.connect() as connection:
            connection.cursor().executemany(
                "UPDATE links_link SET campaign = %s WHERE id = %s",
                [(FIRST + place, pk) for place, (pk, _slug) in enumerate(self._links)],
            )

    def run(self) -> None:
        with self._ground.connect() as connection:
            began = time.monotonic()
            until = began + self._seconds + PATIENCE
            counted_at = 0.0
            while time.monotonic() < until:
                now = time.monotonic()
                passed = now - began
                if (
                    len(self.sent) < len(self._links)
                    and passed < self._seconds
                    and passed >= len(self.sent) * self._every
                ):
                    self._click(len(self.sent))
                self._look(connection)
                if now - counted_at >= COUNT and passed < self._seconds:
                    counted_at = now
                    (waiting,) = connection.execute("SELECT count(*) FROM links_arrival").fetchone() or (0,)
                    self.waiting.append((round(passed, 1), int(waiting)))
                if passed >= self._seconds and len(self.took) == len(self.sent):
                    return
                time.sleep(LOOK)

    def _click(self, place: int) -> None:
        status = ask_once(self._port, f"/{self._links[place][1]}", f"{AGENT} probe/{place}")
        assert status == 302, status
        self.sent[place] = time.monotonic()

    def _look(self, connection: psycopg.Connection) -> None:
        found = connection.execute(
            "SELECT campaign_id FROM links_daytotal"
            " WHERE organisation_id = ANY(%s) AND day >= %s AND campaign_id >= %s",
            [self._ground.layout.organisations.tolist(), self._today, FIRST],
        ).fetchall()
        seen = time.monotonic()
        for (campaign,) in found:
            place = campaign - FIRST
            if place not in self.took and place in self.sent:
                self.took[place] = seen - self.sent[place]


@contextmanager
def _worker(ground: Ground) -> Iterator[None]:
    """`genlyd worker`, with everything that it does besides."""
    environment = {**os.environ, "DATABASE_URL": ground.dsn}
    with (ground.folder / "worker.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "genlyd.cli", "worker"], env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(lambda: _is_at_work(ground, process), 60, "the worker")
            yield
        finally:
            process.terminate()
            process.wait(30)


def _is_at_work(ground: Ground, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the worker ended"
    with ground.connect() as connection:
        return bool(connection.execute("SELECT 1 FROM procrastinate_workers LIMIT 1").fetchone())


def measure(
    ground: Ground, stage: Stage, program: str, seconds: float, *, every: float = 1.0, worker: Any = _worker
) -> dict[str, Any]:
    ground.settled()
    ground.clear("links_arrival")
    watch = Watch(ground, stage.ours.port, seconds, every)
    before = ground.count("links_click")
    with worker(ground):
        thread = threading.Thread(target=watch.run)
        thread.start()
        load = wrk.load(program, stage.ours.port, stage.visitors, seconds, seed=9, clicks_each=CLICKS_EACH)
        thread.join()
        left = ground.count("links_arrival")
        drained_within = _drain(ground)
        if drained_within is not None:
            counted = ground.settled("links_click", before + load.answered + len(watch.sent)) - before
            assert counted >= load.answered + len(watch.sent), f"{load.answered} answered, {counted} counted"
    counted = ground.count("links_click") - before
    missing = len(watch.sent) - len(watch.took)
    took = [*watch.took.values(), *[PATIENCE] * missing]
    return {
        "goals": {
            "fresh_median": row("fresh_median", statistics.median(took), never_seen=missing),
            "fresh_worst": row("fresh_worst", max(took)),
            "backlog": row("backlog", _growth(watch.waiting), waiting=watch.waiting),
        },
        "freshness": {
            "seconds": seconds, "answered": load.answered, "redirects_per_second": round(load.rate),
            "recorded": counted + ground.count("links_arrival"), "left_at_the_end": left,
            "all_counted_after_seconds": drained_within,
        },
    }  # fmt: skip


def _growth(waiting: list[tuple[float, int]]) -> float:
    """What waited in the last third against the third before."""
    numbers = [number for _at, number in waiting]
    third = max(1, len(numbers) // 3)
    earlier = statistics.mean(numbers[-2 * third : -third] or numbers)
    return statistics.mean(numbers[-third:]) / earlier if earlier else 1.0


def _drain(ground: Ground) -> float | None:
    began = time.monotonic()
    while ground.count("links_arrival"):
        if time.monotonic() - began > PATIENCE:
            return None
        time.sleep(0.5)
    return round(time.monotonic() - began, 1)
