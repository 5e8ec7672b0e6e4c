"""A redirect worker and its database, asked by visitors who come when they come."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.links.redirecting import Server
from tests.speed.links.ground import Ground
from tests.speed.links.pace import paced
from tests.speed.links.witness import watching


@dataclass(frozen=True)
class Place:
    ground: Ground
    server: Server
    visitors: Path
    dsn: str

    def run(self, rate: float, seconds: float) -> dict[str, Any]:
        """Everybody is answered with 302, and everybody is recorded: both sides exactly."""
        before = self.ground.settled(dsn=self.dsn)
        with watching() as witness:
            found = paced(self.server.port, rate, round(rate * seconds), self.visitors)
        recorded = self.ground.settled(at_least=before + found["sent"], dsn=self.dsn) - before
        assert found["answers"] == {302: found["sent"]}, found["answers"]
        assert recorded == found["sent"], f"{found['sent']} answered, {recorded} recorded"
        del found["answers"]
        return {**found, **witness.steady(found.pop("visits")), "recorded": recorded}


def middle(runs: list[dict[str, Any]], name: str) -> float:
    """The median of the rounds: one that meets a stall of the disk says nothing of the others."""
    return float(statistics.median(run[name] for run in runs))
