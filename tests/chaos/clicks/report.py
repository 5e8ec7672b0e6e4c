"""What was counted, as a table and as build/chaos-clicks.json."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.links.loss.counting import Tally

RESULTS = Path(__file__).resolve().parents[3] / "build" / "chaos-clicks.json"


@dataclass
class Part:
    """One stretch of load. `in_flight`: the most that may have been recorded and never heard of."""

    name: str
    count: Tally
    in_flight: int
    seconds: float
    what: str = ""
    #: What the sums say, where a worker judged.
    summed: int | None = None

    @property
    def problems(self) -> list[str]:
        count, found = self.count, []
        if count.lost:
            found.append(f"{count.lost} ANSWERED AND NOT RECORDED")
        if count.twice:
            found.append(f"{count.twice} counted twice")
        if count.recorded - count.answered > self.in_flight:
            found.append(
                f"{count.recorded - count.answered} recorded and not answered, {self.in_flight} in flight"
            )
        if not count.answered:
            found.append("nobody was answered, so it proves nothing")
        if self.summed is not None and self.summed != count.recorded:
            found.append(f"the sums say {self.summed}")
        return [f"{self.name}: {one}" for one in found]


@dataclass
class Report:
    seed: int
    parts: list[Part] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        return [one for part in self.parts for one in part.problems]

    def write(self) -> None:
        RESULTS.parent.mkdir(exist_ok=True)
        whole: dict[str, Any] = {**asdict(self), "passed": not self.problems, "problems": self.problems}
        RESULTS.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")

    def table(self) -> str:
        head = (
            "clicks",
            "answered",
            "recorded",
            "lost",
            "twice",
            "unheard",
            "told later",
            "slowest",
            "seconds",
        )
        rows = [
            (
                part.name, part.count.answered, part.count.recorded, part.count.lost, part.count.twice,
                part.count.unheard, part.count.refused, f"{part.count.slowest:.2f} s", f"{part.seconds:.0f}",
            )
            for part in self.parts
        ]  # fmt: skip
        widths = [max(len(str(line[at])) for line in (head, *rows)) for at in range(len(head))]
        lines = [
            "  ".join(
                str(cell).ljust(width) if at == 0 else str(cell).rjust(width)
                for at, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            for line in (head, *rows)
        ]
        lines += [f"{part.name}: {part.what}" for part in self.parts if part.what]
        return "\n".join([*lines, f"seed {self.seed}", *self.skipped, *self.problems])
