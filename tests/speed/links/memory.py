"""What a redirect worker takes when its memory of links is full."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.house import descendants
from tests.links.redirecting import Server
from tests.speed.links.goals import row


def measure(server: Server) -> dict[str, Any]:
    """Of the worker, the largest of granian's processes: RSS is the goal's figure, PSS is told besides."""
    family = [server._process.pid, *descendants(server._process.pid)]
    sizes = sorted((_megabytes(pid) for pid in family), key=lambda size: -size["Rss"])
    worker = sizes[0]
    return {"goals": {"memory": row("memory", worker["Rss"], pss=round(worker["Pss"], 1))}}


def _megabytes(pid: int) -> dict[str, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {
        line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("Rss", "Pss:"))
    }
