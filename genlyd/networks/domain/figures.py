"""What a network can tell about a post. Names as in the KPI dictionary; what a network does not give is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

#: What is not believed: more than the database holds, and more than there are people.
MOST = 2_000_000_000


class Metric(StrEnum):
    """One figure of a post. A network's own name for it goes into docs/reference/networks.md."""

    #: How often the post was shown; Threads and Instagram call it views.
    IMPRESSIONS = "impressions"
    #: How many different people it was shown to.
    REACHED = "members_reached"
    #: Likes, favourites, and every other one-tap answer.
    REACTIONS = "reactions"
    COMMENTS = "comments"
    #: Passed on as it stands: reposts, boosts.
    RESHARES = "reshares"
    #: Passed on with words of one's own, where the network counts it apart.
    QUOTES = "quotes"
    SAVES = "saves"
    #: Reactions, comments and reshares in one, where a network tells only their sum. Clicks are no part of it.
    ENGAGEMENTS = "engagements"


#: What the network really said of one post: no metric in it that was not in the answer.
Figures = Mapping[Metric, int]


@dataclass(frozen=True)
class Gone:
    """Proven: the network's own source says that there is no such post any more. An index that lags proves nothing."""


GONE = Gone()


def figures(said: Mapping[Metric, object]) -> dict[Metric, int]:
    """From an answer's values: whole numbers from nought up stay, anything else (None, -1, "n/a") is missing."""
    return {
        metric: value
        for metric, value in said.items()
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    }
