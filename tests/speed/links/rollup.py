"""An hour's clicks through the real ingest, beside ninety days that were counted before."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import psycopg

from tests.speed.links.columns import Table, Values, micros
from tests.speed.links.goals import row
from tests.speed.links.ground import Ground
from tests.speed.links.history import AGENTS, uuid7s

CLICKS, ROUNDS = 10_000, 5
#: Hours that are counted before the clock starts.
HOURS_BEFORE = 3


def measure(ground: Ground, clicks: int = CLICKS) -> dict[str, Any]:
    """A worker has been at work for hours, and the pages it writes on are in memory: hours before are not timed.

    The median of the rounds: one that meets a stall of the disk says nothing of the others.
    """
    for hour in range(HOURS_BEFORE):
        _rolled_up(ground, clicks, seed=ROUNDS + 1 + hour)
    found = [_rolled_up(ground, clicks, seed=round_) for round_ in range(1, ROUNDS + 1)]
    return {
        "goals": {
            "rollup": row(
                "rollup", statistics.median(found), rounds=[round(x, 3) for x in found], clicks=clicks
            )
        }
    }


def _rolled_up(ground: Ground, clicks: int, seed: int) -> float:
    """Seconds. Every click is in the history and in each total afterwards, once."""
    from genlyd.links import ingest
    from genlyd.links.tasks import AT_ONCE

    with ground.connect() as connection:
        before = _sums(connection)
        with connection.transaction():
            Table(connection, "links_arrival").copy(_arrivals(ground, clicks, seed))
        connection.execute("ANALYZE links_arrival")
    now = datetime.now(UTC)
    began = time.perf_counter()
    done = 0
    while some := ingest.judge(now=now, at_once=AT_ONCE):
        done += some
    took = time.perf_counter() - began
    with ground.connect() as connection:
        after = _sums(connection)
    added = [b - a for a, b in zip(before, after, strict=True)]
    assert [done, *added] == [clicks] * 4, (done, added)
    return took


def _sums(connection: psycopg.Connection) -> list[int]:
    found = connection.execute(
        "SELECT (SELECT count(*) FROM links_click), (SELECT sum(clicks) FROM links_linkday),"
        " (SELECT sum(clicks) FROM links_daytotal)"
    ).fetchone()
    assert found
    return [int(number or 0) for number in found]


def _arrivals(ground: Ground, clicks: int, seed: int) -> list[tuple[int, Values]]:
    """Of the last hour, up to the moment when the newest have settled; one in five visitors comes again."""
    layout, dice = ground.layout, np.random.default_rng(100 + seed)
    end = datetime.now(UTC) - timedelta(seconds=10)
    at = micros(end) - np.sort(dice.integers(0, 3_600_000_000, clicks))[::-1]
    place = np.minimum(
        np.searchsorted(np.cumsum(layout.weights), dice.random(clicks)), len(layout.weights) - 1
    )
    posted = (1 - dice.exponential(0.005, clicks)).clip(0, 0.999_999)
    link = layout.link_from[place] + (posted * layout.clicked[place]).astype("i8")
    visitors = dice.integers(0, 256, (clicks, 16), dtype="u1")
    again = dice.random(clicks) < 0.2
    visitors[again] = visitors[dice.integers(0, clicks, int(again.sum()))]
    agent, referrer = AGENTS[0]
    return [
        (clicks, {
            "organisation_id": layout.organisations[place], "id": uuid7s(at, dice), "link_id": link, "at": at,
            "visitor": visitors, "method": "GET", "user_agent": agent, "referrer_host": referrer, "country": "DK",
        })
    ]  # fmt: skip
