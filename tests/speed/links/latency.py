"""How long one visitor waits at 1,000/s, alone and beside people who look at figures."""

from __future__ import annotations

import statistics
from typing import Any

from tests.speed.links.counting import counting
from tests.speed.links.dashboards import Dashboards
from tests.speed.links.goals import row
from tests.speed.links.ground import Ground
from tests.speed.links.place import Place
from tests.speed.links.questions import Questions
from tests.speed.links.stage import Stage

ROUNDS, RATE = 5, 1_000
#: Seconds between two pages of one person.
READING = 1.0
#: The goals: beside whom.
GOALS = {"beside_questions": "questions", "beside_paced": "paced", "beside": "beside"}


def measure(ground: Ground, stage: Stage, dashboards: Dashboards, seconds: float) -> dict[str, Any]:
    """Also beside a program that asks nobody anything: what a busy processor alone costs visitors."""
    ours = Place(ground, stage.ours, stage.visitors, ground.dsn)
    questions = Questions(ground)
    company = {
        "questions": questions.asked, "paced": lambda: dashboards.read(READING), "beside": lambda: dashboards.read(0.0),
        "counting": counting,
    }  # fmt: skip
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in ("alone", *company)}
    did: dict[str, list[Any]] = {name: [] for name in company}
    for _round in range(ROUNDS):
        ground.calm()
        runs["alone"].append(ours.run(RATE, seconds))
        for name, beside in company.items():
            with beside() as said:
                runs[name].append(ours.run(RATE, seconds))
            did[name].append(said())
    p99 = {name: [run["p99"] for run in found] for name, found in runs.items()}
    alone = statistics.median(p99["alone"])
    return {
        "goals": {
            key: row(
                key,
                statistics.median(p99[name]) / alone,
                rounds=[round(a / b, 2) for a, b in zip(p99[name], p99["alone"], strict=True)],
            )
            for key, name in GOALS.items()
        },
        "open_loop": runs,
        "beside_did": did,
    }
