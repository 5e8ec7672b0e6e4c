from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from genlyd.programmes.domain.checklist import (
    GO_ON,
    MEASURE,
    QUESTIONS,
    PeriodFacts,
    missing,
    obstacles,
    questions,
)

DAY = date(2026, 3, 2)
WHOLE = PeriodFacts(
    opened=True, starts_on=DAY, ends_on=DAY + timedelta(days=90), has_goal=True, seats=12,
    owners=frozenset({"sponsor", "content", "rules", "kpis"}), focus_areas=2, stories_on_offer=3, plan_lines=4,
    guideline_published=True, rules_in_force=5, kpis=3,
)  # fmt: skip
EMPTY = PeriodFacts(starts_on=DAY, ends_on=DAY + timedelta(days=90))
COUNT = st.integers(0, 5)
FACTS = st.builds(
    PeriodFacts,
    opened=st.booleans(), closed=st.booleans(), starts_on=st.just(DAY),
    ends_on=st.dates(DAY, DAY + timedelta(days=200)), has_goal=st.booleans(), seats=COUNT, not_yet_agreed=COUNT,
    owners=st.frozensets(st.sampled_from(["sponsor", "content", "rules", "kpis"])), focus_areas=COUNT,
    stories_on_offer=COUNT, plan_lines=COUNT, lines_without_responsible=COUNT, late_lines=COUNT,
    feed_items_to_review=COUNT, guideline_published=st.booleans(), rules_in_force=COUNT, kpis=COUNT,
    kpis_without_owner=COUNT, review_begun=st.booleans(), review_finished=st.booleans(), decisions=COUNT,
    has_next=st.booleans(),
)  # fmt: skip
DAYS = st.dates(DAY - timedelta(days=30), DAY + timedelta(days=300))


def test_a_whole_running_period_misses_nothing() -> None:
    assert missing(WHOLE, DAY) == []
    assert [question.state for question in questions(WHOLE, DAY)] == ["done", "done", "done", "done", "later"]


def test_an_empty_draft_begins_with_its_goal() -> None:
    assert [item.key for item in obstacles(EMPTY, DAY)] == ["no_goal", "no_seats"]
    found = questions(EMPTY, DAY)
    assert [question.state for question in found] == ["now", "missing", "missing", "missing", "later"]
    assert found[MEASURE - 1].next is not None


def test_no_kpi_owner_yet() -> None:
    facts = dataclasses.replace(WHOLE, owners=WHOLE.owners - {"kpis"})
    assert [item.key for item in missing(facts, DAY)] == ["no_kpi_owner"]


def test_after_the_last_day_the_review_is_next() -> None:
    after = WHOLE.ends_on + timedelta(days=1)
    assert questions(WHOLE, after)[GO_ON - 1].state == "now"
    decided = dataclasses.replace(WHOLE, review_begun=True, decisions=2)
    assert [item.key for item in missing(decided, after)] == ["review_not_finished"]


def test_a_draft_that_is_over_cannot_open() -> None:
    draft = dataclasses.replace(WHOLE, opened=False)
    assert [item.key for item in obstacles(draft, WHOLE.ends_on + timedelta(days=1))] == ["already_over"]


@given(FACTS, DAYS)
def test_five_questions_at_most_one_is_now(facts: PeriodFacts, today: date) -> None:
    found = questions(facts, today)
    assert tuple(question.number for question in found) == QUESTIONS
    states = [question.state for question in found]
    assert states.count("now") == (1 if missing(facts, today) else 0)
    if "now" in states:
        assert "missing" not in states[: states.index("now")]


@given(FACTS, DAYS)
def test_a_question_is_done_or_later_exactly_when_nothing_is_missing(facts: PeriodFacts, today: date) -> None:
    absent = {item.question for item in missing(facts, today)}
    for question in questions(facts, today):
        assert (
            (question.state in {"done", "later"})
            == (question.number not in absent)
            == (question.next is None)
        )


@given(FACTS, DAYS)
def test_naming_all_owners_never_adds_anything_missing(facts: PeriodFacts, today: date) -> None:
    named = dataclasses.replace(facts, owners=WHOLE.owners)
    keys = {item.key for item in missing(facts, today)}
    assert {item.key for item in missing(named, today)} <= keys
