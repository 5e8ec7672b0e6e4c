"""The questions a review asks of the data, and the sums they are answered from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from genlyd.evaluation.domain.rate_ratio import Cell, Ratio, Thin, compare

#: A share's visits are counted for this long after it went out, so that old and new ones are counted alike.
COUNTED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SharedOnce:
    """One confirmed share with a link of its own, old enough to be counted. `author` is a number, never a name."""

    author: int
    network: str
    shows_person: bool
    clicks: int


@dataclass(frozen=True, slots=True)
class Question:
    """`arm` says which kind a share is; every kind is compared with the commonest one, or with `control`."""

    key: str
    arm: Callable[[SharedOnce], str]
    control: str = ""
    #: Kinds that are answered about even when nobody has shared one.
    always: tuple[str, ...] = ()


NETWORK = Question("network", lambda share: share.network)
PERSON = Question(
    "person", lambda share: "person" if share.shows_person else "other", control="other", always=("person",)
)
QUESTIONS = {question.key: question for question in (NETWORK, PERSON)}

#: {"arms": {arm: [[author, shares, clicks], ...]}, "left_out": {reason: shares}}: everything an answer rests on.
Inputs = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    arm: str
    control: str
    outcome: Ratio | Thin


def inputs_of(question: Question, shares: Iterable[SharedOnce], left_out: dict[str, int]) -> Inputs:
    """Per kind and author: shares and clicks. Nothing else about a share is kept."""
    sums: defaultdict[str, defaultdict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for share in shares:
        cell = sums[question.arm(share)][share.author]
        cell["shares"] += 1
        cell["clicks"] += share.clicks
    return {
        "arms": {
            arm: [[author, cell["shares"], cell["clicks"]] for author, cell in sorted(authors.items())]
            for arm, authors in sorted(sums.items())
        },
        "left_out": dict(left_out),
    }


def answer(question: Question, inputs: Inputs) -> list[Comparison]:
    """Every kind against the control. The same inputs give the same numbers, always.

    Empty when there is nothing to compare: no share, or only one kind of it.
    """
    arms = {arm: [Cell(*row) for row in rows] for arm, rows in inputs["arms"].items()}
    if not arms:
        return []
    control = question.control or max(arms, key=lambda arm: (sum(cell.shares for cell in arms[arm]), arm))
    others = sorted({*arms, *question.always} - {control})
    return [Comparison(arm, control, compare(arms.get(arm, []), arms.get(control, []))) for arm in others]
