"""How long one visitor waits at 200/s on an idle machine, and how much of it is the disk."""

from __future__ import annotations

from typing import Any

from tests.speed.links import no_disk
from tests.speed.links.goals import steady_row
from tests.speed.links.ground import Ground
from tests.speed.links.machine import idle, paced_writes
from tests.speed.links.place import Place, middle
from tests.speed.links.stage import Stage

#: A goal's figure is the median of its rounds: the disk of a virtual machine stalls now and then for its neighbours'
#: sake, for a tenth of a second and with nothing else running (`disk_alone_at_200`), and one such moment is all that
#: the mean of two rounds would tell. Every round is in the report.
ROUNDS, RATE = 7, 200


def measure(ground: Ground, stage: Stage, seconds: float) -> dict[str, Any]:
    """The redirect and its database, and nothing else of ours: the other servers are ended first."""
    stage.leave_only("ours")
    runs: dict[str, list[dict[str, Any]]] = {"slow": [], "no_disk": []}
    disk = []
    ours = Place(ground, stage.ours, stage.visitors, ground.dsn)
    ground.calm()
    ground.let_go()
    waited = idle()
    for _round in range(ROUNDS):
        disk.append(paced_writes(ground.folder, RATE, seconds))
        runs["slow"].append(ours.run(RATE, seconds))
    with no_disk.standing(ground) as without:
        for _round in range(ROUNDS if without else 0):
            runs["no_disk"].append(without.run(RATE, seconds))
    slow = runs["slow"]
    return {
        "goals": {
            "open_loop": steady_row(
                "open_loop", middle(slow, "steady_p99"), middle(slow, "p99"), middle(slow, "left_out"),
                rounds=[run["steady_p99"] for run in slow],
            )
        },
        "open_loop_quiet": runs,
        "disk_alone_at_200": disk,
        "idle": waited,
    }  # fmt: skip
