"""Does the evaluation find the truths it is not told, about as often as its intervals promise?

Pure, over many seeds: the generator's human visits go straight into the evaluation's arithmetic. A few seeds go the
whole way, through the database and the real ingest, in test_evaluation_end_to_end.py. Coverage is printed with the
test and stands in docs/reference/simulator.md.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from math import sqrt

import numpy as np
import pytest

from genlyd.cli.simulate.history import History, simulate
from genlyd.cli.simulate.timetable import DAY
from genlyd.cli.simulate.truths import Truths, load
from genlyd.evaluation.domain.questions import COUNTED_FOR, NETWORK, PERSON, SharedOnce, answer, inputs_of
from genlyd.evaluation.domain.rate_ratio import CONFIDENCE, Ratio

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SEEDS = 200
#: Four standard errors of a true coverage of 90 % over as many seeds.
SLACK = 4 * sqrt(CONFIDENCE * (1 - CONFIDENCE) / SEEDS)


Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Coverage belongs into the output of every run, not only with -s."""

    def speak(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {line}")

    return speak


def shared_once(history: History) -> Iterator[SharedOnce]:
    """What the evaluation reads from the database, read from the history instead."""
    shares, clicks = history.shares, history.clicks
    after = clicks.at - shares.at[clicks.share]
    counted = clicks.human & (after < COUNTED_FOR.total_seconds())
    visits = np.bincount(clicks.share[counted], minlength=len(shares))
    old_enough = shares.at < NOW.timestamp() - COUNTED_FOR.total_seconds() - DAY
    for i in np.nonzero(~np.isnan(shares.confirmed) & old_enough)[0]:
        yield SharedOnce(
            author=int(shares.person[i]),
            network=shares.networks[shares.network[i]],
            shows_person=bool(shares.picture[i]),
            clicks=int(visits[i]),
        )


def found(truths: Truths, seed: int) -> dict[str, Ratio]:
    """Every comparison that was not refused, by the kind that is compared."""
    history = simulate(truths, people=400, months=6, seed=seed, now=NOW)
    rows = list(shared_once(history))
    made = {}
    for question in (NETWORK, PERSON):
        for comparison in answer(question, inputs_of(question, rows, {})):
            if isinstance(comparison.outcome, Ratio):
                made[comparison.arm] = comparison.outcome
    return made


def truth_of(truths: Truths, arm: str) -> float:
    return truths.effects.picture_of_a_person if arm == "person" else truths.effects.network[arm]


@pytest.mark.slow
def test_truths_lie_inside_the_intervals_about_as_often_as_promised(say: Say) -> None:
    truths = load()
    inside: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for seed in range(SEEDS):
        for arm, ratio in found(truths, seed).items():
            truth = truth_of(truths, arm)
            asked[arm] += 1
            inside[arm] += ratio.low <= truth <= ratio.high
            wrong[arm] += ratio.verdict == ("worse" if truth > 1 else "better")
    for arm in sorted(asked):
        say(
            f"{arm}: {inside[arm]} of {asked[arm]} seeds hold {truth_of(truths, arm)} ({inside[arm] / asked[arm]:.1%})"
        )
    assert set(asked) == {"person", "facebook", "bluesky"}
    for arm, seeds in asked.items():
        assert seeds > SEEDS * 0.9
        assert abs(inside[arm] / seeds - CONFIDENCE) < SLACK
        # To call the lesser the better is the one mistake a review must not make.
        assert wrong[arm] <= SEEDS * 0.01


@pytest.mark.slow
def test_without_an_effect_it_names_no_winner_more_often_than_promised(say: Say) -> None:
    truths = load()
    level = replace(
        truths.effects, picture_of_a_person=1.0, network=dict.fromkeys(truths.effects.network, 1.0)
    )
    named = asked = 0
    for seed in range(SEEDS // 2):
        for ratio in found(replace(truths, effects=level), 10_000 + seed).values():
            asked += 1
            named += ratio.verdict != "unclear"
    say(f"no effect: a winner named in {named} of {asked} comparisons ({named / asked:.1%})")
    assert named / asked < (1 - CONFIDENCE) + 4 * sqrt(CONFIDENCE * (1 - CONFIDENCE) / asked)


def test_a_handful_of_people_is_refused() -> None:
    history = simulate(load(), people=12, months=1, seed=4, now=NOW)
    rows = list(shared_once(history))
    for question in (NETWORK, PERSON):
        for comparison in answer(question, inputs_of(question, rows, {})):
            assert not isinstance(comparison.outcome, Ratio)
