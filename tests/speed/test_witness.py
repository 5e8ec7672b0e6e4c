"""Who is left out of a measurement: visitors of moments in which the machine itself was slowed, and nobody else."""

from __future__ import annotations

import os
import time

import pytest

from tests.speed.links import goals
from tests.speed.links.witness import LATE, MARGIN, PAUSE, Witness, watching

#: A hundred looks, PAUSE apart, that cost a hundredth of a millisecond each.
LOOKS = [(number * PAUSE, 0.00001) for number in range(1, 101)]


def heard(looks: list[tuple[float, float]]) -> Witness:
    witness = Witness()
    witness.hear(looks)
    return witness


def test_a_steady_machine_leaves_nobody_out() -> None:
    said = heard(LOOKS).steady([(0.1, 0.001), (0.2, 0.003)])
    assert said == {"left_out": 0.0, "steady_p50": 3.0, "steady_p99": 3.0}


def test_who_comes_while_additions_cost_more_is_left_out() -> None:
    looks = [*LOOKS[:50], (LOOKS[50][0], 0.0001), *LOOKS[51:]]
    slow = looks[50][0]
    inside, outside = slow, slow + PAUSE + MARGIN + 0.001
    assert heard(looks).steady([(inside, 0.5), (outside, 0.002)]) == {
        "left_out": 0.5,
        "steady_p50": 2.0,
        "steady_p99": 2.0,
    }


def test_who_waits_long_stays_in_when_the_processors_did_not() -> None:
    looks = [*LOOKS[:50], (LOOKS[50][0], 0.0001), *LOOKS[51:]]
    before = looks[48][0] - MARGIN
    assert heard(looks).steady([(before, 0.5)])["steady_p99"] == 500.0


def test_a_processor_that_was_stopped_comes_late() -> None:
    late = [*LOOKS[:50], *((at + 2 * LATE, cost) for at, cost in LOOKS[50:])]
    assert heard(late).slowed_at(late[50][0])
    assert not heard(late).slowed_at(late[20][0])


def test_nobody_left_is_everybody_and_cannot_be_told() -> None:
    slowed = heard([*LOOKS[:50], (LOOKS[50][0], 0.0001), *LOOKS[51:]])
    said = slowed.steady([(LOOKS[50][0], 0.5)])
    assert said == {"left_out": 1.0, "steady_p50": 500.0, "steady_p99": 500.0}
    row = goals.steady_row("open_loop", 1.0, 9.0, said["left_out"])
    assert row["met"] == "untold"
    assert "this machine cannot tell" in goals.text({"open_loop": row})


def test_both_figures_are_in_the_table() -> None:
    assert "1.2 ms (all: 8.9 ms)" in goals.text({"open_loop": goals.steady_row("open_loop", 1.2, 8.9, 0.08)})


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system does not say which processors")
def test_each_processor_is_looked_at_on_our_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[list[tuple[float, float]]] = []
    monkeypatch.setattr(Witness, "hear", lambda _self, looks: told.append(looks))
    began = time.perf_counter()
    with watching():
        time.sleep(0.3)
    assert len(told) == len(os.sched_getaffinity(0))
    assert all(began < looks[0][0] < looks[-1][0] < time.perf_counter() for looks in told)
    assert all(cost > 0 for looks in told for _at, cost in looks)
