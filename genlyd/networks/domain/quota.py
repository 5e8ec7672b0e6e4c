"""How much a network lets us ask of it. Counted by us, before the call: most networks tell only when it is too late.

A rolling quota is kept in slots of a sixtieth of its window. Sums are made so that they hold for any sixty slots in a
row and a little more: so they hold whatever phase the network's own window has.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

#: A call may reach the network this long after it was counted (claim, connecting, a slow line).
LATE = timedelta(seconds=60)
#: The network's clock may be behind ours by this much.
SKEW = timedelta(seconds=5)
SLOTS = 60


class Call(StrEnum):
    POST = "post"
    EDIT = "edit"
    DELETE = "delete"
    UPLOAD = "upload"
    READ = "read"


class Scope(StrEnum):
    #: For each connected account.
    ACCOUNT = "account"
    #: For all accounts of an organisation together (its app at the network; Mastodon: for each server).
    APP = "app"


class Resets(StrEnum):
    #: At most so much in any stretch of this length.
    ROLLING = "rolling"
    #: Windows that begin at whole multiples of their length since 1970, UTC.
    FIXED = "fixed"
    #: At 00:00 UTC, whatever the window says.
    UTC_DAY = "utc_day"


@dataclass(frozen=True, kw_only=True)
class Quota:
    """At most `most` in `window`. `costs` says what each kind of call takes; None: every call takes one.

    A kind that `costs` does not name is free.
    """

    key: str
    most: int
    window: timedelta = timedelta(days=1)
    scope: Scope = Scope.ACCOUNT
    resets: Resets = Resets.ROLLING
    costs: Mapping[Call, int] | None = None

    def cost(self, call: Call) -> int:
        return 1 if self.costs is None else self.costs.get(call, 0)

    @property
    def length(self) -> timedelta:
        return timedelta(days=1) if self.resets is Resets.UTC_DAY else self.window

    @property
    def slot(self) -> timedelta:
        """The unit in which is counted: for a fixed window the window itself."""
        return self.length / SLOTS if self.resets is Resets.ROLLING else self.length

    @property
    def kept(self) -> int:
        """How many slots, the newest included, are summed."""
        if self.resets is not Resets.ROLLING:
            return 1
        return math.ceil((self.length + LATE) / self.slot) + 1

    def slot_at(self, at: datetime) -> int:
        return math.floor(at.timestamp() / self.slot.total_seconds())

    def begin(self, slot: int) -> datetime:
        return datetime.fromtimestamp(slot * self.slot.total_seconds(), UTC)

    def windows(self, now: datetime) -> list[int]:
        """The windows a call made now may fall into as the network sees it; [0] when there is only one, moving.

        Near a boundary these are two: whoever cannot know on which side the call arrives counts it on both.
        """
        if self.resets is Resets.ROLLING:
            return [0]
        return sorted({self.slot_at(now - SKEW), self.slot_at(now), self.slot_at(now + LATE)})

    def free_again(
        self, now: datetime, window: int, slot: int, counts: Sequence[int], wanted: int
    ) -> datetime:
        """When `wanted` more may be taken, if nobody else takes anything meanwhile.

        `counts` are the slots' sums, newest first, `slot` the number of the newest.
        """
        if self.resets is not Resets.ROLLING:
            return self.begin(window + 1) + SKEW
        room = self.most - wanted
        total = sum(counts)
        for place in range(len(counts) - 1, -1, -1):
            # The slot at `place` leaves the sum when the newest slot is `kept` slots further than it.
            total -= counts[place]
            if total <= room:
                return max(self.begin(slot - place + self.kept), now)
        return now + self.length
