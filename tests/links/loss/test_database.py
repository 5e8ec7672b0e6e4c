"""The database goes away, comes back, hangs, answers late or not at all. Visitors of known links notice nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.links.loss.counting import spooled
from tests.links.loss.ground import SLUGS, Ground
from tests.links.loss.visitors import Visitors
from tests.links.redirecting import Server

#: Not for its rows: for its tables, of which the tests' own database is a copy.
pytestmark = pytest.mark.django_db

#: 250 ms of patience, a disk, and a busy machine.
SLOWEST = 1.0


def visiting(server: Server) -> Visitors:
    return Visitors([("127.0.0.1", server.port)], SLUGS)


def test_immediate_stop_of_postgresql_loses_nobody(ground: Ground, shared: Server, home: Path) -> None:
    with visiting(shared) as visitors:
        visitors.wait_for(300)
        ground.postgres.stop("immediate")
        visitors.wait_for(200)
        assert spooled(home)
        ground.postgres.start()
        time.sleep(0.3)
    count = ground.counted_home(visitors, home)
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)


def test_wire_that_is_cut_and_mended_loses_nobody(ground: Ground, shared: Server, home: Path) -> None:
    with visiting(shared) as visitors:
        visitors.wait_for(200)
        ground.wire.cut()
        visitors.wait_for(200)
        ground.wire.mend()
        visitors.wait_for(200)
    count = ground.counted_home(visitors, home)
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)


def test_wire_that_stops_carrying_holds_up_nobody_and_loses_nobody(
    ground: Ground, shared: Server, home: Path
) -> None:
    with visiting(shared) as visitors:
        visitors.wait_for(200)
        ground.wire.hold()
        time.sleep(2)
        assert spooled(home)
        ground.wire.mend()
        visitors.wait_for(200)
    count = ground.counted_home(visitors, home)
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)
    assert count.answered > 1500, "while the database hangs visitors must not wait for it one by one"
    assert count.slowest < SLOWEST


def test_batch_whose_commit_was_never_confirmed_is_counted_once(
    ground: Ground, shared: Server, home: Path
) -> None:
    swallowed = ground.wire.swallowed
    with visiting(shared) as visitors:
        for _time in range(3):
            visitors.wait_for(100)
            ground.wire.swallow()
            time.sleep(0.7)  # until the redirect is connected again
    count = ground.counted_home(visitors, home)
    assert ground.wire.swallowed == swallowed + 3
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)


def test_slow_database_sends_clicks_to_the_spool_and_counts_them_once(
    ground: Ground, shared: Server, home: Path
) -> None:
    with visiting(shared) as visitors, ground.postgres.connect() as connection:
        visitors.wait_for(100)
        with connection.transaction():
            connection.execute(f"LOCK TABLE {ground.inbox} IN EXCLUSIVE MODE")
            visitors.wait_for(200)
            assert spooled(home)
    count = ground.counted_home(visitors, home)
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)
    assert count.slowest < SLOWEST
