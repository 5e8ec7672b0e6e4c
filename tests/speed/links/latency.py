"""How long one visitor waits at 1,000/s, alone and beside people who look at figures."""

from __future__ import annotations

from typing import Any

from tests.speed.links.counting import counting
from tests.speed.links.dashboards import Dashboards
from tests.speed.links.goals import steady_row
from tests.speed.links.ground import Ground
from tests.speed.links.place import Place, middle
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
    return {
        "goals": {key: _against_alone(key, runs[name], runs["alone"]) for key, name in GOALS.items()},
        "open_loop": runs,
        "beside_did": did,
    }


def _against_alone(key: str, beside: list[dict[str, Any]], alone: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians' ratio: of visitors who came while the processors kept their speed, and of all."""
    return steady_row(
        key,
        middle(beside, "steady_p99") / middle(alone, "steady_p99"),
        middle(beside, "p99") / middle(alone, "p99"),
        middle([*beside, *alone], "left_out"),
        rounds=[round(a["steady_p99"] / b["steady_p99"], 2) for a, b in zip(beside, alone, strict=True)],
    )
