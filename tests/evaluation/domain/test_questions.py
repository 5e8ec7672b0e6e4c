from __future__ import annotations

import json

from genlyd.evaluation.domain.questions import NETWORK, PERSON, SharedOnce, answer, inputs_of
from genlyd.evaluation.domain.rate_ratio import Ratio, Thin


def shares(
    network: str, clicks: int, *, person: bool = False, authors: int = 8, each: int = 3
) -> list[SharedOnce]:
    return [SharedOnce(author, network, person, clicks) for author in range(authors) for _ in range(each)]


def test_inputs_hold_sums_per_kind_and_author_only() -> None:
    inputs = inputs_of(
        NETWORK, [*shares("x", 2, authors=2), SharedOnce(1, "linkedin", True, 5)], {"young": 3}
    )
    assert inputs == {
        "arms": {"linkedin": [[1, 1, 5]], "x": [[0, 3, 6], [1, 3, 6]]},
        "left_out": {"young": 3},
    }
    assert json.loads(json.dumps(inputs)) == inputs


def test_every_network_is_compared_with_the_most_used_one() -> None:
    inputs = inputs_of(
        NETWORK, [*shares("x", 2), *shares("linkedin", 6, each=5), *shares("xing", 1, each=1)], {}
    )
    assert [(c.arm, c.control, type(c.outcome)) for c in answer(NETWORK, inputs)] == [
        ("x", "linkedin", Ratio),
        ("xing", "linkedin", Thin),
    ]


def test_pictures_of_people_are_compared_with_all_other_posts() -> None:
    inputs = inputs_of(PERSON, [*shares("x", 2), *shares("linkedin", 6, person=True)], {})
    [comparison] = answer(PERSON, inputs)
    assert (comparison.arm, comparison.control) == ("person", "other")
    assert isinstance(comparison.outcome, Ratio)
    assert comparison.outcome.verdict == "better"


def test_kind_nobody_has_shared_is_refused_not_passed_over() -> None:
    [comparison] = answer(PERSON, inputs_of(PERSON, shares("x", 2), {}))
    assert isinstance(comparison.outcome, Thin)
    assert comparison.outcome.shares_missing == (10, 0)


def test_one_network_alone_has_nothing_to_be_compared_with() -> None:
    assert answer(NETWORK, inputs_of(NETWORK, shares("x", 2), {})) == []
    assert answer(NETWORK, inputs_of(NETWORK, [], {})) == []


def test_answer_is_the_same_from_stored_inputs() -> None:
    inputs = inputs_of(PERSON, [*shares("x", 2), *shares("x", 3, person=True)], {})
    assert answer(PERSON, json.loads(json.dumps(inputs))) == answer(PERSON, inputs)
