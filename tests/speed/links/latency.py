"""How long one visitor waits, with an open loop: alone at 200/s and 1,000/s, and beside people who look at figures."""

from __future__ import annotations

import statistics
from typing import Any

from tests.speed.links import no_disk
from tests.speed.links.dashboards import Dashboards
from tests.speed.links.goals import row
from tests.speed.links.ground import Ground
from tests.speed.links.machine import paced_writes
from tests.speed.links.place import Place
from tests.speed.links.stage import Stage

#: A goal's figure is the median of its rounds: the disk of a virtual machine stalls now and then for its neighbours'
#: sake, for a tenth of a second and with nothing else running (`disk_alone_at_200`), and one such moment is all that
#: the mean of two rounds would tell. Every round is in the report.
QUIET_ROUNDS, BESIDE_ROUNDS = 7, 3
SLOW, FAST = 200, 1_000
#: Seconds between two pages of one person.
READING = 1.0


def measure(ground: Ground, stage: Stage, dashboards: Dashboards, seconds: float) -> dict[str, Any]:
    runs: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("slow", "no_disk", "alone", "beside", "paced")
    }
    pages: dict[str, list[dict[str, Any]]] = {"beside": [], "paced": []}
    disk = []
    ours = Place(ground, stage.ours, stage.visitors, ground.dsn)
    with no_disk.standing(ground) as without:
        ground.calm()
        for _round in range(QUIET_ROUNDS):
            disk.append(paced_writes(ground.folder, SLOW, seconds))
            runs["slow"].append(ours.run(SLOW, seconds))
            if without:
                runs["no_disk"].append(without.run(SLOW, seconds))
    for _round in range(BESIDE_ROUNDS):
        ground.calm()
        runs["alone"].append(ours.run(FAST, seconds))
        for name, pause in (("beside", 0.0), ("paced", READING)):
            with dashboards.read(pause) as read:
                runs[name].append(ours.run(FAST, seconds))
            pages[name].append(read())

    def p99(name: str) -> list[float]:
        return [run["p99"] for run in runs[name]]

    def against_alone(name: str) -> list[float]:
        return [round(a / b, 2) for a, b in zip(p99(name), p99("alone"), strict=True)]

    middle = {name: statistics.median(p99(name)) for name in runs if runs[name]}
    return {
        "goals": {
            "open_loop": row("open_loop", middle["slow"], rounds=p99("slow")),
            "beside": row("beside", middle["beside"] / middle["alone"], rounds=against_alone("beside")),
            "beside_paced": row("beside_paced", middle["paced"] / middle["alone"], rounds=against_alone("paced")),
        },
        "open_loop": runs,
        "disk_alone_at_200": disk,
        "pages_beside": pages,
    }  # fmt: skip
