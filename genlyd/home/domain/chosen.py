"""Which handful of stories a person sees first, and why. Pure, and the same for everybody: no scores, no history of
what somebody did not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

HANDFUL = 5
SOON = timedelta(days=7)
NEW = timedelta(days=3)
#: Not everything about one thing.
PER_FOCUS_AREA = 2

Reason = Literal["ends_soon", "your_team", "your_period", "new", ""]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    pk: int
    published_at: datetime
    expires_at: datetime | None = None
    #: It belongs to a period in which the person has a seat.
    in_my_period: bool = False
    #: It was meant for the person's department or location, not for everybody.
    for_my_team: bool = False
    in_my_language: bool = True
    focus_area: int | None = None


@dataclass(frozen=True)
class Chosen:
    pk: int
    reason: Reason


def choose(candidates: Iterable[Candidate], now: datetime, *, most: int = HANDFUL) -> list[Chosen]:
    """The person's own period first, then what soon ends, what was meant for their team, their language, the newest.
    At most two of one focus area, unless there would be too few otherwise."""
    ordered = sorted(candidates, key=lambda story: _rank(story, now))
    seen: Counter[int] = Counter()
    first: list[Candidate] = []
    spare: list[Candidate] = []
    for story in ordered:
        if story.focus_area is not None and seen[story.focus_area] >= PER_FOCUS_AREA:
            spare.append(story)
            continue
        if story.focus_area is not None:
            seen[story.focus_area] += 1
        first.append(story)
    picked: Sequence[Candidate] = [*first, *spare][:most]
    return [Chosen(story.pk, reason(story, now)) for story in picked]


def reason(story: Candidate, now: datetime) -> Reason:
    """The one reason worth a word on the card."""
    if story.expires_at and story.expires_at - now <= SOON:
        return "ends_soon"
    if story.for_my_team:
        return "your_team"
    if now - story.published_at <= NEW:
        return "new"
    return "your_period" if story.in_my_period else ""


def _rank(story: Candidate, now: datetime) -> tuple[bool, bool, bool, bool, float, int]:
    soon = bool(story.expires_at and story.expires_at - now <= SOON)
    return (
        not story.in_my_period,
        not soon,
        not story.for_my_team,
        not story.in_my_language,
        -story.published_at.timestamp(),
        -story.pk,
    )
