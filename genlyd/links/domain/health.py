"""When a page that does not answer is called gone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

#: A page is given this many looks over this long before anybody is told.
LOOKS, PATIENCE = 3, timedelta(days=1)
#: Until the next look: while it answers, while it does not, and once that has been so for a month.
CALM, WORRIED, GIVEN_UP = timedelta(days=1), timedelta(hours=8), timedelta(days=7)
MONTH = timedelta(days=30)


class Sight(Enum):
    """What one look found."""

    OK = "ok"
    #: 404, 410, or a host that nobody has.
    GONE = "gone"
    #: 5xx, no connection, too slow.
    FAILING = "failing"
    #: Not ours to ask, e.g. an intranet.
    UNKNOWN = ""


class Change(Enum):
    NONE = "none"
    TROUBLE = "trouble"
    BACK = "back"


@dataclass(frozen=True)
class Standing:
    """`health` as stored: "", ok, failing or gone."""

    health: str = ""
    failures: int = 0
    failing_since: datetime | None = None

    @property
    def in_trouble(self) -> bool:
        return self.health in ("failing", "gone")


def sight_of(status: int) -> Sight:
    """Sites that refuse programs (401, 403, 429, ...) are there for people."""
    if status in (404, 410):
        return Sight.GONE
    return Sight.FAILING if status >= 500 else Sight.OK  # noqa: PLR2004


def after(before: Standing, sight: Sight, now: datetime) -> tuple[Standing, Change]:
    """Trouble is told once: going from failing to gone is the same trouble, seen better."""
    if sight is Sight.UNKNOWN:
        return before, Change.NONE
    if sight is Sight.OK:
        return Standing("ok"), Change.BACK if before.in_trouble else Change.NONE
    since = before.failing_since or now
    failures = min(before.failures + 1, 1000)
    if failures < LOOKS or now - since < PATIENCE:
        return Standing(before.health, failures, since), Change.NONE
    change = Change.NONE if before.in_trouble else Change.TROUBLE
    return Standing(sight.value, failures, since), change


def next_look(standing: Standing, now: datetime) -> datetime:
    if standing.failing_since is None:
        return now + CALM
    return now + (GIVEN_UP if now - standing.failing_since > MONTH else WORRIED)
