"""Two machines with `genlyd redirect`, one with the database and `genlyd worker`; one is cut off, and killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.links.loss.counting import settled, spooled
from tests.links.loss.ground import SLUGS, Ground
from tests.links.loss.hosts import DATABASE, Hosts, NoHosts
from tests.links.loss.postgres import Postgres
from tests.links.loss.visitors import CLIENTS, Visitors

pytestmark = pytest.mark.django_db


@pytest.fixture
def hosts(loss_folder: Path) -> Iterator[Hosts]:
    hosts = Hosts(loss_folder)
    try:
        hosts.__enter__()
    except NoHosts as error:
        reason = (
            f"NO HOSTS: {error}. These tests show that a machine that is cut off and killed loses no click."
        )
        if os.environ.get("CI") == "true" and os.geteuid() == 0:
            pytest.fail(reason)
        pytest.skip(reason)
    try:
        yield hosts
    finally:
        hosts.__exit__()


def test_machine_that_is_cut_off_and_killed_loses_nobody_and_the_other_notices_nothing(
    hosts: Hosts, template: Postgres, loss_folder: Path
) -> None:
    postgres = Postgres(loss_folder / "far", host=DATABASE, within=hosts.within("d"))
    template.copy_to(postgres.data)
    postgres.start()
    for node in "ab":
        hosts.begin(node, "redirect", postgres.dsn)
    for node in "ab":
        hosts.wait_for(node)
    hosts.begin("d", "worker", postgres.dsn)
    pace = 100
    with (
        Visitors([hosts.address("a")], SLUGS, pace=pace, network=hosts.visitors) as of_a,
        Visitors([hosts.address("b")], SLUGS, pace=pace, network=hosts.visitors) as of_b,
    ):
        of_a.wait_for(200)
        hosts.cut("a")
        of_a.wait_for(400)
        assert spooled(hosts.disk("a"))
        assert not of_a.refused, "known links lead on although the database is out of reach"
        hosts.kill("a")
        hosts.mend("a")
        hosts.begin("a", "redirect", postgres.dsn)
        of_a.wait_for(200)
    ground = Ground(postgres)
    settled(lambda: not spooled(hosts.disk("a")))
    settled(lambda: ground.judged() > 0, "the worker judges")
    a, b = ground.counts(of_a, of_b)
    postgres.stop()
    assert (a.lost, a.twice, a.refused) == (0, 0, 0)
    assert a.unheard <= CLIENTS, "at most those in flight when it was killed"
    assert b.recorded == b.answered
    assert (b.lost, b.twice, b.refused, b.unheard) == (0, 0, 0, 0)
    assert b.slowest < 1
