"""Kills, restarts, clock jumps and expiries, spread over a run."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError, connection

from tests.chaos.report import Report
from tests.chaos.workers import WORKERS, Workers

#: Leases are 12 s here; a clock that is set forward ends them all, and only once in so long, see docs.
BETWEEN_JUMPS = 20.0
#: Seconds. Looks allow for two minutes; a clock set back makes every lease longer by as much, so this is two leases.
DATABASE_WRONG, WORKER_WRONG = 24, 20 * 60
#: How often a token stops being accepted.
EXPIRIES = 20


def patiently(ask: Callable[[], Any]) -> Any:
    """The database may just be starting again."""
    for _try in range(100):
        try:
            return ask()
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.2)
    return ask()


class Disturbances:
    """Kills, restarts, jumps and expiries, spread over the run by how far it has come."""

    def __init__(
        self, wanted: Any, report: Report, workers: Workers, *, chance: random.Random, folder: Path,
        expire_a_token: Callable[[], None],
    ) -> None:  # fmt: skip
        self.wanted, self.report, self.workers = wanted, report, workers
        self.chance, self.folder, self.expire_a_token = chance, folder, expire_a_token
        self.jumped = time.monotonic()
        self.expired = 0

    def perhaps(self, progress: float, *, calm: bool) -> None:
        wanted, report, chance = self.wanted, self.report, self.chance
        if self.workers.dead():
            for number, worker in enumerate(self.workers.running):
                if worker.poll() is not None:
                    report.stumbles.append(f"worker {number} ended by itself with {worker.returncode}")
                    self.workers.kill(number)
        if calm:
            return
        # Later kills hit what earlier ones left behind; the last fifth is for what nobody disturbs.
        if report.kills < wanted.kills and progress >= 0.8 * report.kills / wanted.kills:
            time.sleep(chance.uniform(0, 0.3))
            self.workers.kill(chance.randrange(WORKERS))
            report.kills += 1
        next_restart = (report.database_restarts + 1) / (wanted.restarts + 1)
        if wanted.restart and report.database_restarts < wanted.restarts and progress >= next_restart:
            wanted.restart()
            report.database_restarts += 1
        if wanted.jumps and time.monotonic() - self.jumped > BETWEEN_JUMPS:
            self._jump(chance)
        if self.expired < EXPIRIES * progress:
            patiently(self.expire_a_token)
            self.expired += 1

    def _jump(self, chance: random.Random) -> None:
        """The database's clock and each worker's, forward or back, by amounts of their own."""
        self.jumped = time.monotonic()
        self._set("database", chance.uniform(-DATABASE_WRONG, DATABASE_WRONG))
        for number in range(WORKERS):
            self._set(f"worker.{number}", chance.uniform(-WORKER_WRONG, WORKER_WRONG))
        self.report.clock_jumps += 1

    def _set(self, name: str, seconds: float) -> None:
        half = self.folder / f"{name}.half"
        half.write_text(str(seconds))
        half.rename(self.folder / name)
