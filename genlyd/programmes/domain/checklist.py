"""The five questions of a period: how each stands, and what is missing next. Pure: facts in, a list out.

Only what no period can do without keeps it from opening (`needed_to_open`); everything else is a friendly next step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

WHO, WHAT, RULES, MEASURE, GO_ON = 1, 2, 3, 4, 5
QUESTIONS = (WHO, WHAT, RULES, MEASURE, GO_ON)
SPONSOR, CONTENT, RULE_OWNER, KPI_OWNER = "sponsor", "content", "rules", "kpis"
MOST_KPIS = 5

State = Literal["done", "now", "missing", "later"]


@dataclass(frozen=True, kw_only=True)
class PeriodFacts:
    """What the period's page knows; every count is of today."""

    opened: bool = False
    closed: bool = False
    starts_on: date
    ends_on: date
    has_goal: bool = False
    seats: int = 0
    #: Seats whose member has not said yes to taking part yet. A number, never names.
    not_yet_agreed: int = 0
    owners: frozenset[str] = frozenset()
    focus_areas: int = 0
    stories_on_offer: int = 0
    plan_lines: int = 0
    lines_without_responsible: int = 0
    late_lines: int = 0
    feed_items_to_review: int = 0
    guideline_published: bool = False
    rules_in_force: int = 0
    kpis: int = 0
    kpis_without_owner: int = 0
    review_begun: bool = False
    review_finished: bool = False
    decisions: int = 0
    has_next: bool = False


@dataclass(frozen=True)
class Missing:
    """`key` is a message of home.words; `args` fill it."""

    question: int
    key: str
    args: Mapping[str, int] = field(default_factory=dict)
    needed_to_open: bool = False


@dataclass(frozen=True)
class Question:
    number: int
    state: State
    #: The next thing, or None when nothing is missing.
    next: Missing | None


def missing(facts: PeriodFacts, today: date) -> list[Missing]:
    """All that is missing, question by question, the most urgent of each first. A closed period misses nothing
    but its successor."""
    if facts.closed:
        return [] if facts.has_next else [Missing(GO_ON, "no_next_period")]
    return [*_who(facts), *_what(facts), *_rules(facts), *_measure(facts), *_go_on(facts, today)]


def _who(facts: PeriodFacts) -> Iterator[Missing]:
    if not facts.has_goal:
        yield Missing(WHO, "no_goal", needed_to_open=True)
    if not facts.seats:
        yield Missing(WHO, "no_seats", needed_to_open=True)
    if SPONSOR not in facts.owners:
        yield Missing(WHO, "no_sponsor")


def _what(facts: PeriodFacts) -> Iterator[Missing]:
    if CONTENT not in facts.owners:
        yield Missing(WHAT, "no_content_owner")
    if not facts.focus_areas:
        yield Missing(WHAT, "no_focus_area")
    if not facts.plan_lines:
        yield Missing(WHAT, "no_plan_lines")
    if not facts.stories_on_offer:
        yield Missing(WHAT, "no_stories")
    if facts.late_lines:
        yield Missing(WHAT, "late_lines", {"count": facts.late_lines})
    if facts.lines_without_responsible:
        yield Missing(WHAT, "lines_without_responsible", {"count": facts.lines_without_responsible})
    if facts.feed_items_to_review:
        yield Missing(WHAT, "feed_items_to_review", {"count": facts.feed_items_to_review})


def _rules(facts: PeriodFacts) -> Iterator[Missing]:
    if not facts.guideline_published:
        yield Missing(RULES, "no_guideline")
    if RULE_OWNER not in facts.owners:
        yield Missing(RULES, "no_rule_owner")
    if not facts.rules_in_force:
        yield Missing(RULES, "no_rules_in_force")


def _measure(facts: PeriodFacts) -> Iterator[Missing]:
    if not facts.kpis:
        yield Missing(MEASURE, "no_kpis")
    if KPI_OWNER not in facts.owners:
        yield Missing(MEASURE, "no_kpi_owner")
    if facts.kpis_without_owner:
        yield Missing(MEASURE, "kpis_without_owner", {"count": facts.kpis_without_owner})


def _go_on(facts: PeriodFacts, today: date) -> Iterator[Missing]:
    if facts.opened and today > facts.ends_on:
        if not facts.review_begun:
            yield Missing(GO_ON, "review_not_begun")
        elif not facts.review_finished:
            yield Missing(GO_ON, "review_not_finished" if facts.decisions else "no_decisions")


def questions(facts: PeriodFacts, today: date) -> list[Question]:
    """The five, in order. "now" is the first question with something missing: one thing at a time."""
    by_question: dict[int, Missing] = {}
    for item in missing(facts, today):
        by_question.setdefault(item.question, item)
    first = min(by_question, default=None)
    return [
        Question(number, _state(number, facts, today, by_question, first), by_question.get(number))
        for number in QUESTIONS
    ]


def _state(
    number: int, facts: PeriodFacts, today: date, by_question: Mapping[int, Missing], first: int | None
) -> State:
    if number in by_question:
        return "now" if number == first else "missing"
    if number == GO_ON and not facts.closed and not facts.review_begun and today <= facts.ends_on:
        return "later"
    return "done"


def obstacles(facts: PeriodFacts, today: date) -> list[Missing]:
    """What keeps a draft from opening."""
    needed = [item for item in missing(facts, today) if item.needed_to_open]
    if today > facts.ends_on:
        needed.append(Missing(WHO, "already_over", needed_to_open=True))
    return needed
