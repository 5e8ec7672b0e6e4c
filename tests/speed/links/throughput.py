"""Redirects per second, in turns: nginx, ours, one INSERT per click; ours over all hot links, ours with few links.

Every answer is held against the rows of arrivals: wrk stops with up to as many requests under way as it has
connections, so that  answered <= recorded <= answered + connections  is what an honest recorder gives.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.speed.links import wrk
from tests.speed.links.goals import row
from tests.speed.links.ground import Ground
from tests.speed.links.stage import Stage
from tests.speed.links.wrk import CLIENTS, Load

#: The goals take the medians of the rounds' ratios: each is of turns seconds apart, and two rounds of the same servers,
#: minutes apart, differed by a quarter here.
ROUNDS = 5
#: Seconds before each turn that do not count.
WARM = 1.0


@dataclass(frozen=True)
class Turn:
    """Whom to ask, by which visitors, and which database holds the arrivals; none: nothing is recorded."""

    port: int
    visitors: Path
    dsn: str | None


def turns_of(ground: Ground, stage: Stage) -> dict[str, Turn]:
    ports = {name: server.port for name, server in stage.servers.items()}
    turns = {"ours": Turn(ports["ours"], stage.visitors, ground.dsn)}
    # Next to what they are held against: a machine may be quick now and slow in half a minute.
    if "one_insert" in ports:
        turns["one_insert"] = Turn(ports["one_insert"], stage.visitors, ground.dsn)
    turns["hot"] = Turn(ports["ours"], stage.hot, ground.dsn)
    if "few" in ports:
        turns["few"] = Turn(ports["few"], stage.few, ground.empty)
    return turns if stage.nginx is None else {"nginx": Turn(stage.nginx, stage.visitors, None), **turns}


def measure(ground: Ground, stage: Stage, program: str, seconds: float) -> dict[str, Any]:
    turns = turns_of(ground, stage)
    found: dict[str, list[Load]] = {name: [] for name in turns}
    recorded: dict[str, list[int]] = {name: [] for name, turn in turns.items() if turn.dsn}
    for round_ in range(ROUNDS):
        for name, turn in turns.items():
            ground.calm()
            wrk.load(program, turn.port, turn.visitors, WARM, seed=100 + round_)
            load, rows = take(ground, turn, program, seconds, seed=round_)
            found[name].append(load)
            if turn.dsn:
                recorded[name].append(rows)
    return _told(found, recorded)


def take(ground: Ground, turn: Turn, program: str, seconds: float, seed: int) -> tuple[Load, int]:
    """The load, and how many arrivals it left; they must agree."""
    before = ground.settled(dsn=turn.dsn) if turn.dsn else 0
    load = wrk.load(program, turn.port, turn.visitors, seconds, seed=seed)
    if turn.dsn is None:
        return load, 0
    recorded = ground.settled(at_least=before + load.answered, dsn=turn.dsn) - before
    _check(load, recorded)
    return load, recorded


def _check(load: Load, recorded: int) -> None:
    assert not load.refused, f"{load.refused} answers above 399"
    most = load.answered + CLIENTS + load.broken
    assert load.answered <= recorded <= most, f"{load.answered} answered, {recorded} recorded"


def _told(found: dict[str, list[Load]], recorded: dict[str, list[int]]) -> dict[str, Any]:
    per_round = {name: [round(load.rate) for load in loads] for name, loads in found.items()}

    def ratio(key: str, one: str, other: str, *, less: bool = False) -> dict[str, Any]:
        ratios = [a.rate / b.rate for a, b in zip(found[one], found[other], strict=True)]
        values = [1 - each for each in ratios] if less else ratios
        return row(key, statistics.median(values), rounds=[round(value, 4) for value in values])

    goals = {
        "of_one_insert": ratio("of_one_insert", "ours", "one_insert"),
        "many_links": ratio("many_links", "hot", "few", less=True),
    }
    if "nginx" in found:
        goals["of_nginx"] = ratio("of_nginx", "ours", "nginx")
    return {
        "goals": goals,
        "redirects_per_second": per_round,
        "p99_ms_at_32": {name: [load.p99 for load in loads] for name, loads in found.items()},
        "answered": {name: [load.answered for load in loads] for name, loads in found.items() if name != "nginx"},
        "recorded": recorded,
    }  # fmt: skip
