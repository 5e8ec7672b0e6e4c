"""The short run: every network, each fault, workers killed, clocks wrong. `make chaos` is the long one."""

from __future__ import annotations

import os

import pytest

from genlyd.networks.contract import Unknown
from genlyd.networks.registry import NETWORKS
from tests.chaos.plan import AFTER
from tests.chaos.run import Run, Settings
from tests.servers import known
from tests.servers.pds.install import CannotInstall

pytestmark = [pytest.mark.pds, pytest.mark.slow]
DELIVERIES, KILLS, NAIVE = 10, 3, 6


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_and_nothing_is_posted_twice_whatever_breaks() -> None:
    run = Run(Settings(deliveries=DELIVERIES, kills=KILLS, naive=NAIVE, patience=300))
    try:
        report = run.run()
    except CannotInstall as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
    report.write()
    assert not report.problems, report.table()
    assert {row.network for row in report.rows} == set(known.KNOWN)
    for row in report.rows:
        # The run proves something only if it was rough.
        assert set(row.faults) >= set(AFTER), row
        assert row.naive
        assert row.naive.fails
        if NETWORKS[row.network].capabilities.unknown is Unknown.ASK:
            assert row.after_faults_asked_with_one_post == row.after_faults >= 1
    assert report.kills == KILLS
