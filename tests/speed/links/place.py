"""A redirect worker and its database, asked by visitors who come when they come."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.links.redirecting import Server
from tests.speed.links.ground import Ground
from tests.speed.links.pace import paced


@dataclass(frozen=True)
class Place:
    ground: Ground
    server: Server
    visitors: Path
    dsn: str

    def run(self, rate: float, seconds: float) -> dict[str, Any]:
        """Everybody is answered with 302, and everybody is recorded: both sides exactly."""
        before = self.ground.settled(dsn=self.dsn)
        found = paced(self.server.port, rate, round(rate * seconds), self.visitors)
        recorded = self.ground.settled(at_least=before + found["sent"], dsn=self.dsn) - before
        assert found["answers"] == {302: found["sent"]}, found["answers"]
        assert recorded == found["sent"], f"{found['sent']} answered, {recorded} recorded"
        return {**{name: value for name, value in found.items() if name != "answers"}, "recorded": recorded}
