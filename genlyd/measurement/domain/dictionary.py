"""The KPIs this version can measure: metrics.md section 2. Their words stand in measurement/words.py.

A KPI is a numerator, mostly over a denominator, both of them named counts (see `counts.Counts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

#: Changes when a formula changes; stored with every reading.
METHOD_VERSION = 2
#: At most this many per period: a few, not all.
MOST = 5

MEASURED, REPORTED, ESTIMATED = "measured", "reported", "estimated"


class Unit(Enum):
    PERCENT = "percent"
    #: A few percent at most: with a decimal.
    FINE_PERCENT = "fine percent"
    COUNT = "count"
    RATE = "rate"
    DAYS = "days"


class Course(Enum):
    """How a figure runs towards its target, which decides where it should be today."""

    #: From nought: 500 visits by the end are 250 by the middle.
    ADDS_UP = "adds up"
    #: From where it stood: 60 % of the team by the end, step by step.
    MOVES = "moves"
    #: The target holds every day.
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class Definition:
    key: str
    unit: Unit
    course: Course
    #: Names of counts. Without a denominator the numerator is the value.
    numerator: str
    denominator: str = ""
    #: The weakest it can be: a figure that only networks have told is measured.
    quality: str = MEASURED
    #: Where not every share's figures are known: the `Known` of counts.Counts that says how many are.
    basis: str = ""
    #: False where less is better.
    more_is_better: bool = True
    #: A target to begin with; counts are per seat in the team.
    suggested: float = 0.0


_ALL = (
    Definition("active_rate", Unit.PERCENT, Course.MOVES, "active", "registered_mean", suggested=0.4),
    Definition("adoption_rate", Unit.PERCENT, Course.MOVES, "registered", "eligible", suggested=0.8),
    Definition("activation_rate", Unit.PERCENT, Course.MOVES, "onboarded", "registered", suggested=0.9),
    Definition("invitation_acceptance", Unit.PERCENT, Course.MOVES, "accepted", "invited", suggested=0.7),
    Definition("rules_current", Unit.PERCENT, Course.MOVES, "rules_current", "registered", suggested=0.9),
    Definition(
        "time_to_first_share", Unit.DAYS, Course.HOLDS, "first_share_days", quality=MEASURED,
        more_is_better=False, suggested=14,
    ),
    Definition("shares", Unit.COUNT, Course.ADDS_UP, "shares", suggested=3),
    Definition("shares_per_active", Unit.RATE, Course.MOVES, "shares", "active", suggested=4),
    Definition("visits", Unit.COUNT, Course.ADDS_UP, "visits", suggested=10),
    Definition("clicks_per_share", Unit.RATE, Course.HOLDS, "visits", "linked_shares", suggested=8),
    Definition("own_words_rate", Unit.PERCENT, Course.HOLDS, "own_words", "shares", suggested=0.7),
    Definition("disclosure_rate", Unit.PERCENT, Course.HOLDS, "disclosed", "needs_disclosure", suggested=0.95),
    Definition("content_utilisation", Unit.PERCENT, Course.MOVES, "stories_shared", "stories", suggested=0.7),
    Definition(
        "item_uptake", Unit.PERCENT, Course.HOLDS, "story_sharers", "story_audience", ESTIMATED, suggested=0.15
    ),
    Definition(
        "potential_reach", Unit.COUNT, Course.ADDS_UP, "followers", quality=ESTIMATED, basis="followed", suggested=1500
    ),
    Definition(
        "unique_potential_reach", Unit.COUNT, Course.ADDS_UP, "unique_followers", quality=ESTIMATED, basis="followed",
        suggested=500,
    ),
    Definition(
        "reactions_per_share", Unit.RATE, Course.HOLDS, "reactions", "shares_with_reactions", REPORTED, "engaged",
        suggested=10,
    ),
    Definition("impressions", Unit.COUNT, Course.ADDS_UP, "impressions", "", REPORTED, "seen", suggested=1000),
    Definition("members_reached", Unit.COUNT, Course.ADDS_UP, "people_reached", "", REPORTED, "reached", suggested=600),
    Definition(
        "engagement_rate", Unit.FINE_PERCENT, Course.HOLDS, "reactions_of_seen", "impressions_of_engaged", REPORTED,
        "engaged_seen", suggested=0.03,
    ),
    Definition(
        "engagement_rate_by_reach", Unit.FINE_PERCENT, Course.HOLDS, "reactions_of_followed", "followers_of_engaged",
        ESTIMATED, "engaged_followed", suggested=0.02,
    ),
    Definition(
        "click_through_rate", Unit.FINE_PERCENT, Course.HOLDS, "visits_of_seen", "impressions_of_linked", REPORTED,
        "linked_seen", suggested=0.01,
    ),
    Definition(
        "virality", Unit.RATE, Course.HOLDS, "reshares", "shares_with_reshares", REPORTED, "passed_on", suggested=0.5
    ),
)  # fmt: skip
DICTIONARY: dict[str, Definition] = {definition.key: definition for definition in _ALL}

#: What metrics.md proposes per goal, as far as it can be measured today.
STARTERS: dict[str, tuple[str, ...]] = {
    "recruitment": ("active_rate", "own_words_rate", "visits", "clicks_per_share"),
    "leads": ("active_rate", "clicks_per_share", "visits", "own_words_rate"),
    "branding": ("active_rate", "own_words_rate", "reactions_per_share", "visits"),
    "own": ("active_rate", "own_words_rate", "visits"),
}


def suggested_target(definition: Definition, seats: int) -> float:
    """Where to begin when nobody knows better. Counts grow with the team."""
    if definition.course is not Course.ADDS_UP:
        return definition.suggested
    return float(max(10, round(definition.suggested * seats, -1)))
