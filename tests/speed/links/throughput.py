"""Redirects per second, in turns: nginx, ours, one INSERT per click, ours over all hot links, ours with few links.

Every answer is held against the rows of arrivals: wrk stops with up to as many requests under way as it has
connections, so that  answered <= recorded <= answered + connections  is what an honest recorder gives.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

import psycopg

from tests.speed.links import wrk
from tests.speed.links.goals import row
from tests.speed.links.ground import Ground
from tests.speed.links.stage import Stage
from tests.speed.links.wrk import CLIENTS, Load

ROUNDS = 2


def measure(ground: Ground, stage: Stage, program: str, seconds: float, warm: float = 1.0) -> dict[str, Any]:
    def rows() -> int:
        return ground.count("links_arrival")

    def few_rows() -> int:
        with psycopg.connect(ground.empty) as small:
            (number,) = small.execute("SELECT count(*) FROM links_arrival").fetchone() or (0,)
            return int(number)

    turns: dict[str, tuple[int, Any, Callable[[], int] | None]] = {
        "ours": (stage.ours.port, stage.visitors, rows),
        "one_insert": (stage.naive.port, stage.visitors, rows),
        "hot": (stage.ours.port, stage.hot, rows),
        "few": (stage.small.port, stage.few, few_rows),
    }
    if stage.nginx is not None:
        turns = {"nginx": (stage.nginx, stage.visitors, None), **turns}
    found: dict[str, list[Load]] = {name: [] for name in turns}
    recorded: dict[str, list[int]] = {name: [] for name in turns}
    for round_ in range(ROUNDS):
        for name, (port, visitors, count) in turns.items():
            wrk.load(program, port, visitors, warm, seed=100 + round_)
            before = count() if count else 0
            load = wrk.load(program, port, visitors, seconds, seed=round_)
            found[name].append(load)
            if count:
                recorded[name].append(count() - before)
                _check(name, load, recorded[name][-1])
    return _told(found, recorded)


def _check(name: str, load: Load, recorded: int) -> None:
    assert not load.refused, f"{name}: {load.refused} answers above 399"
    assert load.answered <= recorded <= load.answered + CLIENTS + load.broken, (
        f"{name}: {load.answered} answered, {recorded} recorded"
    )


def _told(found: dict[str, list[Load]], recorded: dict[str, list[int]]) -> dict[str, Any]:
    mean = {name: statistics.mean(load.rate for load in loads) for name, loads in found.items()}
    per_round = {name: [round(load.rate) for load in loads] for name, loads in found.items()}

    def ratios(one: str, other: str) -> list[float]:
        return [round(a.rate / b.rate, 4) for a, b in zip(found[one], found[other], strict=True)]

    goals = {
        "of_one_insert": row("of_one_insert", mean["ours"] / mean["one_insert"], rounds=ratios("ours", "one_insert")),
        "many_links": row(
            "many_links", 1 - mean["hot"] / mean["few"], rounds=[round(1 - x, 4) for x in ratios("hot", "few")]
        ),
    }  # fmt: skip
    if "nginx" in found:
        goals["of_nginx"] = row("of_nginx", mean["ours"] / mean["nginx"], rounds=ratios("ours", "nginx"))
    return {
        "goals": goals,
        "redirects_per_second": per_round,
        "p99_ms_at_32": {name: [load.p99 for load in loads] for name, loads in found.items()},
        "answered": {name: [load.answered for load in loads] for name, loads in found.items() if name != "nginx"},
        "recorded": {name: counts for name, counts in recorded.items() if counts},
    }  # fmt: skip
