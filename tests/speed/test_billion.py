"""The simulation of a billion clicks a day: what it must get right before anybody believes its table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from tools import billion
from tools.billion import Rates, clicks_per_second, ingest, simulate, waits

SEED = 7


def test_day_has_its_clicks_and_its_evening() -> None:
    usual, burst = clicks_per_second(1e8, 0.03, np.random.default_rng(SEED))
    assert usual.sum() + burst.sum() == pytest.approx(1e8, rel=1e-3)
    assert burst.sum() == pytest.approx(3e6, rel=1e-2)
    assert 20 <= np.argmax(usual.reshape(24, -1).sum(axis=1)) <= 21
    assert burst[: 20 * 3600].sum() == 0


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_one_machine_waits_as_the_textbook_says(load: float) -> None:
    """M/M/1: the wait is above w with probability load * exp(-(1 - load) * rate * w)."""
    rate, every = 1000.0, np.full(600, 1000.0 * load)
    found = np.mean([waits(every, 1, rate, np.random.default_rng(seed))[0] for seed in range(12)])
    assert found == pytest.approx(np.log(load / 0.01) / (1 - load) / rate, rel=0.15)


def test_more_machines_share_the_work() -> None:
    every = np.full(600, 900.0)
    one = waits(every, 1, 1000.0, np.random.default_rng(SEED))
    three = waits(every, 3, 1000.0, np.random.default_rng(SEED))
    assert one > three


def test_largest_organisation_is_one_workers_work() -> None:
    """However many workers: 3,000 a second for ten rounds, of which one worker counts 2,000."""
    parts = np.zeros((10, 4))
    parts[:, 0] = 3_000 * billion.ROUND
    assert ingest(parts, 50, 2_000.0)[0] == 10 * 1_000 * billion.ROUND
    spread = np.full((10, 4), 750.0 * billion.ROUND)
    assert ingest(spread, 2, 2_000.0)[0] == 0
    assert ingest(spread, 1, 2_000.0)[0] == 10 * 1_000 * billion.ROUND


def test_page_says_what_the_simulation_says() -> None:
    page = billion.PAGE.read_text(encoding="utf-8")
    for words, of in (("machines for redirects", "redirects"), ("machines for ingest", "ingest")):
        row = next(line for line in page.splitlines() if words in line)
        said = [int(number) for number in re.findall(r"\*\*(\d+)\*\*", row)]
        found = [getattr(simulate(Rates(rate, rate, "")), of) for rate in billion.GIVEN]
        assert said[: len(found)] == found


def test_measured_rates_come_from_the_bench(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    with pytest.raises(SystemExit, match="make bench"):
        billion.measured(path)
    links = {
        "redirects_per_second": {"ours": [18_000, 20_000]},
        "goals": {"rollup": {"measured": 0.5, "clicks": 10_000}},
    }
    path.write_text(json.dumps({"links": links}))
    found = billion.measured(path)
    assert (found.redirects, found.ingest) == (19_000, 20_000)
    path.write_text("{}")
    with pytest.raises(SystemExit, match="redirects_per_second"):
        billion.measured(path)
