"""Each part of `make bench ARGS=links` at a size that takes a moment, so that it cannot rot. Nothing is timed."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests.links.redirecting import database
from tests.speed.links import (
    board,
    dashboards,
    freshness,
    goals,
    history,
    memory,
    pace,
    people,
    programs,
    report,
    rollup,
    throughput,
    totals,
    wrk,
)  # fmt: skip
from tests.speed.links.ground import Ground
from tests.speed.links.layout import Layout, Size
from tests.speed.links.questions import Questions
from tests.speed.links.stage import standing

#: Two days, so that they lie in months that are there.
SIZE = Size(clicks=3_000, links=1_500, organisations=4, members=60, days=2, hot=200)


@pytest.fixture
def ground(transactional_db: None, tmp_path: Path) -> Ground:
    layout, lead = people.make(SIZE, datetime.now(UTC))
    with psycopg.connect(database()) as filling:
        people.load(filling, layout)
        totals.load(filling, layout, history.load(filling, layout))
    return Ground(
        folder=tmp_path, dsn=database(), admin=database(), layout=layout, lead=lead, empty=database()
    )


def test_every_part_measures_what_it_says(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genlyd.links.ingest.run.SETTLE", timedelta(0))
    found = board.measure(ground)["goals"]
    assert {*found["board"]["each"]} == {"visits", "visits by network"}
    found |= rollup.measure(ground, clicks=40)["goals"]
    for user, page in (
        (ground.lead.user, f"/figures/{ground.layout.periods[0]}/"),
        (dashboards.member_of(ground).user, "/share/mine/"),
    ):
        client = Client()
        client.force_login(user)
        assert client.get(page).status_code == 200
    with standing(ground, None, names=("ours",)) as stage:
        found |= memory.measure(stage.ours)["goals"]
        before = ground.count("links_arrival")
        said = pace.paced(stage.ours.port, 400, 100, stage.visitors)
        assert (said["answers"], ground.settled() - before) == ({302: 100}, 100)
        if program := programs.find("wrk"):
            load, recorded = throughput.take(ground, throughput.turns_of(ground, stage)["hot"], program, 1, 1)
            assert 0 < load.answered <= recorded
            questions = Questions(ground)
            with questions.asked() as told:
                time.sleep(0.3)
            assert questions.statements >= 2
            assert told()["statements"] >= questions.statements
            found |= freshness.measure(ground, stage, program, 1.0, every=0.3, worker=_ingest)["goals"]
    assert all(row["measured"] >= 0 for row in found.values())
    assert "NO" in goals.text({"memory": goals.row("memory", 1_000)})


@contextmanager
def _ingest(_ground: Ground) -> Iterator[None]:
    """In a thread instead of a worker, which takes seconds to start."""
    from genlyd.links.ingest import judge

    over = threading.Event()

    def work() -> None:
        while not over.wait(0.05):
            judge(now=datetime.now(UTC))
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_wrks_answers_above_399_are_not_answers() -> None:
    said = '{"requests": 110, "refused": 10, "broken": 1, "microseconds": 2000000, "p50": 1500, "p99": 9000}'
    assert wrk.read(f"Running 2s test\n{said}\n") == wrk.Load(100, 10, 1, 2.0, 1.5, 9.0)
    assert wrk.read(said).rate == 50


@pytest.mark.parametrize(
    ("key", "value", "met"),
    [
        ("of_nginx", 0.12, "aim"),
        ("of_nginx", 0.08, "must"),
        ("of_nginx", 0.0799, "no"),
        ("memory", 111, "must"),
    ],
)
def test_a_goal_is_met_from_its_bound_on(key: str, value: float, met: str) -> None:
    assert goals.row(key, value)["met"] == met


def test_slugs_are_all_different() -> None:
    layout = Layout(replace(SIZE, links=5_000), datetime.now(UTC), 1, 1)
    from tests.speed.links.layout import slugs_of

    links = layout.some_links(10_000, seed=1)
    assert len(set(slugs_of(links).tolist())) == len(links) == layout.clicked.sum()


def test_the_page_is_written_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "performance.md"
    shutil.copy(report.PAGE, page)
    monkeypatch.setattr(report, "PAGE", page)
    before = page.read_text()
    found = json.loads(Path(__file__).with_name("found.json").read_text())
    report.write(found)
    report.write(found)
    after = page.read_text()
    assert (
        after.count("| redirects/s against nginx `return 302` | 9.1 % | at least 8.0 % | 12.0 % | yes |") == 1
    )
    assert after.partition(report.END)[2] == before.partition(report.END)[2]
