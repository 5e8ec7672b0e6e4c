"""All parts in one run, on one installation."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.speed.links import board, dashboards, freshness, latency, memory, programs, rollup, throughput
from tests.speed.links.ground import Ground, prepared
from tests.speed.links.layout import FULL, Size
from tests.speed.links.machine import described, settings_of
from tests.speed.links.stage import standing
from tests.speed.links.wrk import CLIENTS

Say = Callable[[str], None]


@dataclass(frozen=True)
class Seconds:
    """Of each turn of a part."""

    throughput: float = 5.0
    latency: float = 8.0
    freshness: float = 45.0


def measure(
    size: Size = FULL, seconds: Seconds = Seconds(), say: Say = lambda _words: None
) -> dict[str, Any]:
    """What build/bench.json holds under `links`. Raises CannotMeasure."""
    found = programs.ensure()
    began = time.time()
    with prepared(size, say) as ground:
        result = {
            "taken_at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(began)),
            "machine": described(ground.folder),
            "settings": {
                **settings_of(ground.dsn), "connections": CLIENTS, "redirect workers": 1, "seconds": vars(seconds),
                "clicks": size.clicks, "links": size.links, "hot links": size.hot, "organisations": size.organisations,
                "members of the largest": size.members,
            },
            "versions": {name: programs.version(program) for name, program in found.items()},
        }  # fmt: skip
        result["prepared_in_seconds"] = round(time.time() - began)
        parts = _parts(ground, found, seconds, say)
        result["versions"] |= result["machine"].pop("versions")
    result["goals"] = {key: value for part in parts for key, value in part.pop("goals").items()}
    for part in parts:
        result |= part
    result["took_seconds"] = round(time.time() - began)
    return result


def _parts(ground: Ground, found: dict[str, str], seconds: Seconds, say: Say) -> list[dict[str, Any]]:
    parts = []
    say("the period's board, and raw SQL")
    parts.append(board.measure(ground))
    say("hours through ingest")
    parts.append(rollup.measure(ground))
    say("servers, and every hot link once")
    with standing(ground, found["nginx"]) as stage:
        parts.append(memory.measure(stage.ours))
        say("redirects per second, in turns")
        parts.append(throughput.measure(ground, stage, found["wrk"], seconds.throughput))
        say("the site")
        with dashboards.standing(ground) as site:
            say("an open loop, alone and beside dashboards")
            parts.append(latency.measure(ground, stage, site, seconds.latency))
        say("full load, and how old the totals are")
        parts.append(freshness.measure(ground, stage, found["wrk"], seconds.freshness))
    return parts
