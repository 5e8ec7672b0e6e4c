"""What the run found, as a table and as build/chaos.json."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import genlyd
from tests.chaos.naive import Naive

RESULTS = Path(__file__).resolve().parents[2] / "build" / "chaos.json"


@dataclass
class Row:
    """One network. `live` is counted on its server."""

    network: str
    deliveries: int
    published: int = 0
    live: int = 0
    duplicates: int = 0
    lost: int = 0
    in_between: int = 0
    attempts: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    #: How many ended with the person, and of these how many were on the server when the person looked.
    asked: int = 0
    asked_and_there: int = 0
    #: Networks that show the post only to the person: faults after which exactly one post was there, and asked about.
    after_faults: int = 0
    after_faults_asked_with_one_post: int = 0
    naive: Naive | None = None
    states: dict[str, int] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        found = []
        if self.duplicates or self.lost or self.in_between:
            found.append(f"{self.duplicates} duplicates, {self.lost} lost, {self.in_between} in between")
        if not self.deliveries == self.published == self.live:
            found.append(
                f"{self.deliveries} deliveries, {self.published} published, {self.live} on the server"
            )
        if self.after_faults_asked_with_one_post != self.after_faults:
            found.append(
                f"of {self.after_faults} posts that arrived unheard {self.after_faults_asked_with_one_post} "
                "were asked about"
            )
        if self.naive and not self.naive.fails:
            found.append("the naive worker got away with it, so the faults prove nothing")
        return [f"{self.network}: {one}" for one in found]


@dataclass
class Report:
    seed: int
    rows: list[Row]
    kills: int = 0
    database_restarts: int = 0
    clock_jumps: int = 0
    tokens_expired: int = 0
    seconds: float = 0.0
    stumbles: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[str]:
        return [one for row in self.rows for one in row.problems] + self.stumbles

    def write(self) -> None:
        RESULTS.parent.mkdir(exist_ok=True)
        whole: dict[str, Any] = {**asdict(self), "passed": not self.problems, "problems": self.problems}
        RESULTS.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    def table(self) -> str:
        head = ("network", "posts", "live", "twice", "lost", "between", "calls", "faults", "asked", "naive twice",
                "naive wrong")  # fmt: skip
        rows = [
            (
                row.network, row.deliveries, row.live, row.duplicates, row.lost, row.in_between, row.attempts,
                sum(row.faults.values()), row.asked,
                f"{row.naive.duplicates} of {row.naive.asked}" if row.naive else "-",
                f"{row.naive.called_failed} of {row.naive.asked}" if row.naive else "-",
            )
            for row in self.rows
        ]  # fmt: skip
        widths = [max(len(str(line[at])) for line in (head, *rows)) for at in range(len(head))]
        lines = [
            "  ".join(str(cell).ljust(width) if at == 0 else str(cell).rjust(width)
                      for at, (cell, width) in enumerate(zip(line, widths, strict=True)))
            for line in (head, *rows)
        ]  # fmt: skip
        lines.append(
            f"{self.kills} workers killed, {self.database_restarts} database restarts, {self.clock_jumps} clock jumps, "
            f"{self.tokens_expired} tokens expired; {self.seconds:.0f} s, seed {self.seed}"
        )
        return "\n".join([*lines, *self.problems])


def versions() -> dict[str, str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        (postgresql,) = cursor.fetchone() or ("",)
    return {
        "genlyd": genlyd.__version__, "python": platform.python_version(), "postgresql": postgresql,
        "system": platform.platform(),
    }  # fmt: skip
