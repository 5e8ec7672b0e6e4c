"""The redirect itself: in peace, ended, and killed."""

from __future__ import annotations

import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.links.loss.ground import SLUGS, Ground
from tests.links.loss.visitors import BROWSER, CLIENTS, Visitors
from tests.links.redirecting import Server

#: Not for its rows: for its tables, of which the tests' own database is a copy.
pytestmark = pytest.mark.django_db


def test_in_normal_running_who_is_answered_is_recorded_and_nobody_else(
    ground: Ground, shared: Server, home: Path
) -> None:
    with Visitors([("127.0.0.1", shared.port)], SLUGS) as visitors:
        time.sleep(1)
    count = ground.counted_home(visitors, home)
    assert count.answered > 200
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)


def test_sigterm_loses_nobody(ground: Ground, tmp_path: Path) -> None:
    with ground.redirect(tmp_path) as server, Visitors([("127.0.0.1", server.port)], SLUGS) as visitors:
        visitors.wait_for(200)
        server.terminate()
    count = ground.count(visitors)
    assert (count.lost, count.twice, count.refused) == (0, 0, 0)
    assert count.unheard <= CLIENTS


def test_kill_9_loses_nobody_who_was_answered(ground: Ground, tmp_path: Path) -> None:
    with ground.redirect(tmp_path) as server, Visitors([("127.0.0.1", server.port)], SLUGS) as visitors:
        visitors.wait_for(200)
        server.kill()
    count = ground.count(visitors)
    assert (count.lost, count.twice, count.refused) == (0, 0, 0)
    assert count.unheard <= CLIENTS, "at most those in flight"


def test_kill_9_while_clicks_wait_in_the_spool_loses_nobody(ground: Ground, tmp_path: Path) -> None:
    with ground.redirect(tmp_path) as server, Visitors([("127.0.0.1", server.port)], SLUGS) as visitors:
        visitors.wait_for(200)
        ground.wire.cut()
        try:
            visitors.wait_for(200)
            server.kill()
        finally:
            ground.wire.mend()
    assert ground.count(visitors).lost > 0, "nothing was in the spool, so this proves nothing"
    with ground.redirect(tmp_path):
        count = ground.counted_home(visitors, tmp_path)
    assert (count.lost, count.twice, count.refused) == (0, 0, 0)
    assert count.unheard <= CLIENTS


def test_two_redirects_know_the_same_visitor(ground: Ground, shared: Server, tmp_path: Path) -> None:
    with ground.redirect(tmp_path) as other:
        for server in (shared, other):
            asking = HTTPConnection("127.0.0.1", server.port)
            asking.request("GET", f"/{SLUGS[0]}", headers={"User-Agent": BROWSER})
            assert asking.getresponse().status == 302
            asking.close()
    with ground.postgres.connect() as connection:
        visitors = connection.execute("SELECT visitor FROM links_arrival").fetchall()
    assert len(visitors) == 2
    assert len(set(visitors)) == 1, "they share the day's salt"
