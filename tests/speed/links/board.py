"""The figures of clicks on the period's board: what the board asks, against raw SQL over every click."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg

from tests.speed.links.goals import row
from tests.speed.links.ground import Ground

REPEATS, RAW_REPEATS = 50, 3
#: {by}: what the figure is broken down by. Shares that were deleted or never confirmed do not count.
RAW = """
SELECT {by}, count(*) FILTER (WHERE click.is_first AND click.verdict = 'human')
FROM links_click click JOIN sharing_share share ON share.link_id = click.link_id
WHERE click.organisation_id = %s AND click.at < %s AND share.period_id = %s
    AND share.confirmed_at < %s AND (share.deleted_at IS NULL OR share.deleted_at >= %s)
GROUP BY 1
"""


def largest(ground: Ground) -> tuple[Any, date]:
    """The period of the largest organisation, and the day its board is read to."""
    from genlyd.measurement.queries.days import day_to_read
    from genlyd.programmes.models import Period

    period = Period.objects.select_related("organisation").get(pk=int(ground.layout.periods[0]))
    return period, day_to_read(period)


def measure(ground: Ground) -> dict[str, Any]:
    """Raw SQL may use what it likes: it gets the memory that a warehouse would have, and two workers."""
    from genlyd.measurement.queries import visits
    from genlyd.measurement.queries.days import end_of

    period, day = largest(ground)
    end = end_of(period, day)
    figures: dict[str, tuple[str, Callable[[], Any]]] = {
        "visits": ("1", lambda: {1: visits.total(period, day)}),
        "visits by network": ("share.network", lambda: visits.by_network(period, day)),
    }
    found = {}
    with ground.connect() as connection:
        connection.execute("SET work_mem = '256MB'")
        connection.execute("SET max_parallel_workers_per_gather = 2")
        for name, (by, ask) in figures.items():
            values = [period.organisation_id, end, period.pk, end, end]
            raw, truth = _timed(lambda by=by, values=values: _raw(connection, by, values), RAW_REPEATS)
            ours, said = _timed(ask, REPEATS)
            assert said == truth, f"{name}: {said} on the board, {truth} in the clicks"
            found[name] = {
                "raw_ms": round(1000 * raw, 1), "board_ms": round(1000 * ours, 3), "ratio": round(raw / ours)
            }  # fmt: skip
    raw, ours = (sum(each[which] for each in found.values()) for which in ("raw_ms", "board_ms"))
    return {"goals": {"board": row("board", raw / ours, each=found)}}


def _raw(connection: psycopg.Connection, by: str, values: list[Any]) -> dict[Any, int]:
    return dict(connection.execute(RAW.format(by=by), values).fetchall())


def _timed(ask: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """(median seconds, answer), warm."""
    answer = ask()
    took = []
    for _ in range(repeats):
        began = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - began)
    return statistics.median(took), answer
