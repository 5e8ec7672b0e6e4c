"""The goals, and whether a measurement meets them. No measuring here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    key: str
    words: str
    must: float
    aim: float
    #: As in "{:.1%}" or "{:,.1f} x".
    form: str
    more_is_better: bool = True

    def said(self, value: float) -> str:
        return self.form.format(value).replace("%", " %")

    def bound(self, value: float) -> str:
        return f"{'at least' if self.more_is_better else 'at most'} {self.said(value)}"

    def met(self, value: float) -> str:
        """aim, must or no."""
        for name, bound in (("aim", self.aim), ("must", self.must)):
            if value >= bound if self.more_is_better else value <= bound:
                return name
        return "no"


GOALS = (
    Goal("of_nginx", "redirects/s against nginx `return 302`", 0.08, 0.12, "{:.1%}"),
    Goal("of_one_insert", "redirects/s against one awaited INSERT per click", 2.2, 3.0, "{:.1f} x"),
    Goal(
        "beside_questions", "p99 at 1,000/s beside the board's questions asked without pause, against alone", 2.0, 1.3,
        "{:.1f} x", more_is_better=False,
    ),
    Goal(
        "beside_paced", "the same beside its pages, read at the pace of people", 2.0, 1.3, "{:.1f} x",
        more_is_better=False,
    ),
    Goal(
        "beside", "the same beside its pages, asked for without pause", 2.0, 1.3, "{:.1f} x",
        more_is_better=False,
    ),
    Goal("open_loop", "p99 at 200/s, on an idle machine", 3.0, 2.0, "{:.1f} ms", more_is_better=False),
    Goal(
        "many_links", "slower with 10 million links, 100,000 hot, than with 1,000", 0.20, 0.10, "{:.1%}",
        more_is_better=False,
    ),
    Goal("memory", "memory of the redirect worker with a full cache", 150, 110, "{:.0f} MB", more_is_better=False),
    Goal(
        "rollup", "an hour's rollup: 10,000 clicks beside 20 million", 1.0, 0.4, "{:.2f} s", more_is_better=False
    ),
    Goal("board", "the period board's figures of clicks against raw SQL", 500, 1_000, "{:,.0f} x"),
    Goal(
        "fresh_median", "a click in the totals under full load, half within", 10, 10, "{:.1f} s",
        more_is_better=False,
    ),
    Goal("fresh_worst", "… and the slowest", 60, 60, "{:.1f} s", more_is_better=False),
    Goal(
        "backlog", "clicks that wait, last third of that load against the third before", 1.25, 1.1, "{:.2f} x",
        more_is_better=False,
    ),
)  # fmt: skip
BY_KEY = {goal.key: goal for goal in GOALS}


#: The part of its time in which a machine may be slowed or stopped by its host before waiting cannot be judged on it.
MOST_SLOWED = 0.2


def row(key: str, measured: float, **details: Any) -> dict[str, Any]:
    """What build/bench.json holds of one goal."""
    goal = BY_KEY[key]
    return {
        "measured": round(measured, 4), "must": goal.must, "aim": goal.aim, "met": goal.met(measured), **details
    }  # fmt: skip


def steady_row(
    key: str, measured: float, everything: float, left_out: float, **details: Any
) -> dict[str, Any]:
    """Of a wait while the processors kept their speed. `everything`: the other moments included, which are told but
    not judged; `left_out`: the part of the visitors who came in those."""
    found = row(key, measured, everything=round(everything, 4), left_out=round(left_out, 4), **details)
    return {**found, "met": "untold"} if left_out > MOST_SLOWED else found


def _measured(goal: Goal, found: dict[str, Any]) -> str:
    said = goal.said(found["measured"])
    return f"{said} (all: {goal.said(found['everything'])})" if "everything" in found else said


def _cells(goal: Goal, found: dict[str, Any]) -> list[str]:
    if "measured" not in found:
        return [goal.words, found.get("why", "not measured"), goal.bound(goal.must), goal.said(goal.aim), "–"]
    says = {"aim": "yes, and the aim", "must": "yes", "no": "NO", "untold": "this machine cannot tell"}
    return [
        goal.words, _measured(goal, found), goal.bound(goal.must), goal.said(goal.aim), says[found["met"]]
    ]  # fmt: skip


HEAD = ["", "measured", "must", "aim", "met?"]


def lines(found: dict[str, dict[str, Any]]) -> list[list[str]]:
    return [HEAD, *(_cells(goal, found.get(goal.key, {})) for goal in GOALS)]


def text(found: dict[str, dict[str, Any]]) -> str:
    """For a terminal: columns of equal width."""
    rows = lines(found)
    widths = [max(len(line[place]) for line in rows) for place in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in rows
    )


def markdown(found: dict[str, dict[str, Any]]) -> str:
    head, *rest = lines(found)
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *rest))
