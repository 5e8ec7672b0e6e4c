"""Every statement of Genlyd's own code that any test runs is judged: would it run on a Citus cluster?

Statements of the tests themselves may do what they like. `watch` is called once per run, by conftest.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps

from genlyd.base.distribution import distributed_tables
from tests.spread.judge import Judge

ROOT = Path(__file__).resolve().parent.parent.parent
#: Not statements of ingest, rollups or pages: they make, move or drop tables and months, on all shards at once.
ELSEWHERE = ("genlyd/cli/distribute/", "/migrations/", "genlyd/links/partitions.py")
#: Read from all shards, on purpose: where -> statement -> why.
EVERYWHERE = {
    "SELECT organisation_id, count(*) FROM links_arrival WHERE at <= %s GROUP BY organisation_id": (
        "whose arrivals wait: once per round, over a table that ingest keeps nearly empty"
    ),
}
#: Table -> statements of ours that were judged.
seen: Counter[str] = Counter()


class RunsOnOneMachineOnly(AssertionError):
    pass


def watch() -> None:
    # psycopg's cursors are under Django's and under ingest's own alike, in every thread.
    for name in ("execute", "executemany"):
        _watch(psycopg.Cursor, name)
        _watch(psycopg.ServerCursor, name)


def _watch(kind: Any, name: str) -> None:
    plain = getattr(kind, name)

    def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        look_at(query)
        return plain(self, query, *args, **kwargs)

    setattr(kind, name, execute)


def look_at(query: Any) -> None:
    text = query if isinstance(query, str) else ""
    if "links_" not in text or not _mentions().search(text):
        return
    place = _caller()
    if place and not any(part in place for part in ELSEWHERE):
        seen.update(set(_mentions().findall(text)))
        if found := _judged(text):
            raise RunsOnOneMachineOnly(f"{place}: {found}.\n{text}\nSee genlyd/base/distribution.py.")


@cache
def _judged(text: str) -> str:
    return "" if " ".join(text.split()) in EVERYWHERE else judge().complaint(text)


@cache
def judge() -> Judge:
    columns = {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields if field.column}
        for model in apps.get_models(include_auto_created=True)
    }
    return Judge(set(distributed_tables()), columns)


@cache
def _mentions() -> re.Pattern[str]:
    return re.compile(
        r"\b(" + "|".join(map(re.escape, distributed_tables())) + r")(?:_\d{4}_\d\d|_default)?\b"
    )


def _caller() -> str:
    """Which file of ours asks; "" when it is a test."""
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(str(ROOT)) and "/.venv/" not in path and "/tests/spread/" not in path:
            return (
                ""
                if path.startswith(str(ROOT / "tests"))
                else f"{path[len(str(ROOT)) + 1 :]}:{frame.f_lineno}"
            )
        frame = frame.f_back  # type: ignore[assignment]
    return ""
