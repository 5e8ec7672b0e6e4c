"""Person or machine, first click or repeat: the rules, each with its name. Nothing is ever dropped, only named.

A click gets the name of the first step that stops it, else `human`. All thresholds are those of metrics.md 4; the
window for repeats is stored with every day that was counted with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HUMAN = "human"
HEAD = "head"
PREFETCH = "prefetch"
PREVIEW = "preview"
BOT = "bot"
#: Checks links before people see them: mail filters and the like.
SCANNER = "scanner"
DATACENTRE = "datacentre"
#: The member whose link it is, trying it out.
OWN = "own"
TOO_SOON = "too_soon"
TOO_MANY = "too_many"
#: Its link is no longer there.
ORPHAN = "orphan"
#: In the order of the steps; the last is what no step stopped.
VERDICTS = (
    HEAD, PREFETCH, PREVIEW, BOT, SCANNER, DATACENTRE, OWN, TOO_SOON, TOO_MANY, ORPHAN, HUMAN,
)  # fmt: skip

#: Stored with every click: what was judged by older rules is judged again.
RULES_VERSION = 2

#: Nobody reads and clicks a post this soon after it went out.
SOON = timedelta(seconds=3)
#: More clicks than this in an hour are not one person's.
MOST_PER_HOUR = 20
HOUR = timedelta(hours=1)
#: A visitor's further clicks on the same link within the window are repeats.
WINDOW = timedelta(minutes=30)
WINDOW_MINUTES = int(WINDOW.total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Hit:
    """One click as it came."""

    id: Hashable
    organisation_id: int
    link_id: int
    at: datetime
    visitor: bytes
    method: str
    user_agent: str
    prefetch: bool


@dataclass(frozen=True, slots=True)
class Agents:
    """What is known about user agents."""

    is_preview: Callable[[str], bool]
    is_bot: Callable[[str], bool]


def verdict(hit: Hit, published_at: datetime | None, agents: Agents) -> str:
    """What one click says about itself. That a visitor clicks too often is only seen beside others: `crowded`."""
    steps: tuple[tuple[str, bool], ...] = (
        (HEAD, hit.method == "HEAD"),
        (PREFETCH, hit.prefetch),
    )
    for name, stops in steps:
        if stops:
            return name
    if agents.is_preview(hit.user_agent):
        return PREVIEW
    if not hit.user_agent.strip() or agents.is_bot(hit.user_agent):
        return BOT
    if published_at is not None and timedelta(0) <= hit.at - published_at <= SOON:
        return TOO_SOON
    return HUMAN


def crowded(times: Sequence[datetime]) -> set[int]:
    """Positions in the sorted `times` that lie within any hour of more than MOST_PER_HOUR clicks."""
    found: set[int] = set()
    for start in range(len(times) - MOST_PER_HOUR):
        if times[start + MOST_PER_HOUR] - times[start] <= HOUR:
            found.update(range(start, start + MOST_PER_HOUR + 1))
    return found


Visit = tuple[int, int, bytes, bool]


def visit_of(hit: Hit, name: str) -> Visit:
    """Whose first click is asked for: one link, one visitor, people and machines apart.

    Apart, because a browser that fetches ahead would else make its person's real click a repeat.
    """
    return (hit.organisation_id, hit.link_id, hit.visitor, name == HUMAN)


def firsts(
    judged: Iterable[tuple[Hit, str]], known: Iterable[tuple[Visit, datetime]]
) -> dict[Hashable, bool]:
    """For every hit, whether it is a first click. `known` are the first clicks found earlier, in any order.

    A click is a first if no first of the same visit lies within WINDOW before it, or after it: clicks that were
    spooled come late, and must not add a first beside one already counted.
    """
    seen: dict[Visit, list[datetime]] = {}
    for visit, at in known:
        seen.setdefault(visit, []).append(at)
    for times in seen.values():
        times.sort()
    marks: dict[Hashable, bool] = {}
    for hit, name in sorted(judged, key=lambda pair: pair[0].at):
        times = seen.setdefault(visit_of(hit, name), [])
        place = bisect_left(times, hit.at)
        near = (times[place - 1 : place] if place else []) + times[place : place + 1]
        marks[hit.id] = all(abs(hit.at - other) >= WINDOW for other in near)
        if marks[hit.id]:
            times.insert(place, hit.at)
    return marks
