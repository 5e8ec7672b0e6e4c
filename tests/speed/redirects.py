"""Redirects per second: the service as it is beside the same one with an INSERT per click, in turns, in one run.

The loader is Python on the same processors as server and database, so both figures are floors and their ratio is
damped. What is exact is the count: everybody who was answered is in the table.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.links.redirecting import Server, load

VARIANTS = {
    "group commit": "genlyd.links.redirect.app:app",
    "one INSERT per click": "tests.speed.one_insert:app",
}
CLIENTS, SECONDS, ROUNDS = 32, 4.0, 2


def side_by_side(dsn: str, slugs: list[str], count_clicks: Any) -> dict[str, Any]:
    """`count_clicks()` says how many rows the table of clicks has."""
    rates: dict[str, list[float]] = {name: [] for name in VARIANTS}
    answered, before = 0, count_clicks()
    with tempfile.TemporaryDirectory() as home:
        for _round in range(ROUNDS):
            for name, app in VARIANTS.items():
                with Server(Path(home), dsn, app) as server:
                    asyncio.run(_for(server.port, slugs, 0.5))
                    began = time.monotonic()
                    answers = asyncio.run(_for(server.port, slugs, SECONDS))
                    rates[name].append(answers[1] / (time.monotonic() - began))
                    answered += answers[1]
                    server.terminate()
    means = {name: statistics.mean(values) for name, values in rates.items()}
    return {
        "clients": CLIENTS,
        "redirects_per_second": {name: [round(value) for value in values] for name, values in rates.items()},
        "ratio": round(means["group commit"] / means["one INSERT per click"], 2),
        "answered": answered,
        "recorded_with_warm_up": count_clicks() - before,
    }


async def _for(port: int, slugs: list[str], seconds: float) -> tuple[float, int]:
    until = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, until.set)
    answers = await load(port, slugs, clients=CLIENTS, until=until)
    return answers.slowest, answers.statuses[302]
