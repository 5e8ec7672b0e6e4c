"""The count of both sides."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.links.loss.visitors import Told

#: Where a click may be: before it was judged, and after.
TABLES = ("links_arrival", "links_click")


def recorded(connection: psycopg.Connection) -> Counter[str]:
    """How often each request was recorded, by the host it carried. Ids are counted on the way: each is there once."""
    # One statement, so that a worker who moves clicks meanwhile moves none past us.
    rows = connection.execute(
        " UNION ALL ".join(f"SELECT id, referrer_host FROM {table}" for table in TABLES)
    ).fetchall()
    ids = Counter(row[0] for row in rows)
    assert not ids or max(ids.values()) == 1, "the same click is in two places"
    return Counter(str(row[1]) for row in rows)


@dataclass(frozen=True)
class Tally:
    answered: int
    recorded: int
    #: Answered with 302, and not recorded. Nothing else matters as much.
    lost: int
    #: Recorded more than once.
    twice: int
    #: Recorded, and the visitor heard nothing: they were in flight.
    unheard: int
    #: Recorded although the visitor was told to come back: the commit happened, and its reply was lost.
    refused_and_recorded: int
    refused: int
    slowest: float


def tally(told: Told, rows: Counter[str]) -> Tally:
    """Of the rows only those of these visitors."""
    asked = told.answered | told.unknown | told.refused.keys()
    rows = Counter({serial: many for serial, many in rows.items() if serial in asked})
    return Tally(
        answered=len(told.answered),
        recorded=rows.total(),
        lost=len(told.answered - rows.keys()),
        twice=sum(many - 1 for many in rows.values()),
        unheard=len(told.unknown & rows.keys()),
        refused_and_recorded=len(told.refused.keys() & rows.keys()),
        refused=len(told.refused),
        slowest=told.slowest,
    )


def settled(enough: Callable[[], object], what: str = "the spool is home", seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not enough():
        assert time.monotonic() < until, f"not within {seconds} s: {what}"
        time.sleep(0.05)


def spooled(home: Path) -> list[Path]:
    return list((home / "spool").glob("clicks-*"))
