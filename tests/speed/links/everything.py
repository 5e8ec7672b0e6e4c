"""All parts in one run, on one installation."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import DatabaseError

from tests.speed.links import (
    board,
    dashboards,
    freshness,
    latency,
    memory,
    programs,
    quiet,
    rollup,
    throughput,
)  # fmt: skip
from tests.speed.links.ground import Ground, prepared
from tests.speed.links.layout import FULL, Size
from tests.speed.links.machine import described, settings_of
from tests.speed.links.stage import standing
from tests.speed.links.wrk import CLIENTS

Say = Callable[[str], None]
FAILURES = (AssertionError, OSError, subprocess.SubprocessError, psycopg.Error, DatabaseError)


@dataclass(frozen=True)
class Seconds:
    """Of each turn of a part."""

    throughput: float = 5.0
    latency: float = 8.0
    #: What waits goes up and down by half within half a minute: in 90 s a third of it was more or less by chance.
    freshness: float = 180.0


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
        result["versions"] |= result["machine"].pop("versions")
        parts = Parts(say)
        _measure(parts, ground, found, seconds)
    result["goals"] = {key: value for part in parts.found for key, value in part.pop("goals").items()}
    for part in parts.found:
        result |= part
    result["failed"] = parts.failed
    result["took_seconds"] = round(time.time() - began)
    return result


class Parts:
    """What was found. A part that fails is told, and the others go on: nobody wants to wait for all of it again."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self.found: list[dict[str, Any]] = []
        self.failed: dict[str, str] = {}

    @contextmanager
    def part(self, words: str) -> Iterator[None]:
        self._say(words)
        try:
            yield
        except FAILURES as error:
            self.failed[words] = f"{type(error).__name__}: {error}"
            self._say(f"FAILED: {self.failed[words]}")

    def measure(self, words: str, measure: Callable[[], dict[str, Any]]) -> None:
        with self.part(words):
            self.found.append(measure())


def _measure(parts: Parts, ground: Ground, found: dict[str, str], seconds: Seconds) -> None:
    parts.measure("the period's board, and raw SQL", lambda: board.measure(ground))
    parts.measure("hours through ingest", lambda: rollup.measure(ground))
    with parts.part("servers, and every hot link once"), standing(ground, found["nginx"]) as stage:
        wrk = found["wrk"]
        parts.measure("memory", lambda: memory.measure(stage.ours))
        parts.measure(
            "redirects per second, in turns",
            lambda: throughput.measure(ground, stage, wrk, seconds.throughput),
        )
        parts.measure("an open loop, the machine idle", lambda: quiet.measure(ground, stage, seconds.latency))
        with parts.part("the site"), dashboards.standing(ground) as site:
            parts.measure(
                "an open loop, alone and beside dashboards",
                lambda: latency.measure(ground, stage, site, seconds.latency),
            )
        parts.measure(
            "full load, and how old the totals are",
            lambda: freshness.measure(ground, stage, wrk, seconds.freshness),
        )
