"""Answers as they are stored (JSON) and read back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from genlyd.evaluation.domain.questions import Comparison
from genlyd.evaluation.domain.rate_ratio import Arm, Ratio, Thin

#: Digits kept: more than anybody reads, few enough to be the same on every machine.
DIGITS = 6


def to_json(comparisons: list[Comparison]) -> list[dict[str, Any]]:
    return [
        {
            "arm": comparison.arm,
            "control": comparison.control,
            "kind": "ratio" if isinstance(comparison.outcome, Ratio) else "thin",
            "outcome": {
                name: round(value, DIGITS) if isinstance(value, float) else value
                for name, value in asdict(comparison.outcome).items()
            },
        }
        for comparison in comparisons
    ]


def from_json(stored: list[dict[str, Any]]) -> list[Comparison]:
    return [Comparison(row["arm"], row["control"], _outcome(row["kind"], row["outcome"])) for row in stored]


def _outcome(kind: str, values: dict[str, Any]) -> Ratio | Thin:
    arms = {"treated": Arm(**values["treated"]), "control": Arm(**values["control"])}
    if kind == "ratio":
        return Ratio(**{**values, **arms})
    pairs = {name: (values[name][0], values[name][1]) for name in ("shares_missing", "authors_missing")}
    return Thin(**{**values, **arms, **pairs})
