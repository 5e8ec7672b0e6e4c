"""Full disks: the database's, and the redirect's own when it is all there is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.links.loss.counting import settled, spooled
from tests.links.loss.ground import SLUGS, Ground
from tests.links.loss.postgres import Postgres
from tests.links.loss.small_disk import NoSmallDisk, SmallDisk
from tests.links.loss.visitors import CLIENTS, Visitors
from tests.links.redirecting import Server

pytestmark = pytest.mark.django_db
MIB = 1024**2
FILL_LOG = "SELECT pg_logical_emit_message(false, '', repeat('x', 900000)) FROM generate_series(1, 99)"


@contextmanager
def small_disk(folder: Path, size: int, owner: tuple[int, int] | None = None) -> Iterator[SmallDisk]:
    disk = SmallDisk(folder, size, owner=owner)
    try:
        disk.__enter__()
    except NoSmallDisk as error:
        pytest.skip(f"NO SMALL DISK: {error}. These tests show that a full disk loses no click.")
    try:
        yield disk
    finally:
        disk.__exit__()


def test_full_disk_of_the_database_loses_nobody(
    template: Postgres, loss_folder: Path, tmp_path: Path
) -> None:
    account = template.account
    with small_disk(loss_folder / "small", 96 * MIB, (account.uid, account.gid)) as disk:
        postgres = Postgres(loss_folder / "squeezed", within=disk.within, data=disk.folder / "data")
        template.copy_to(postgres.data, within=disk.within)
        postgres.start()
        try:
            ground = Ground(postgres)
            with ground.redirect(tmp_path) as server:
                with Visitors([("127.0.0.1", server.port)], SLUGS) as visitors:
                    visitors.wait_for(100)
                    disk.fill()
                    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
                        until = time.monotonic() + 10
                        while not spooled(tmp_path):
                            assert time.monotonic() < until, "the disk is not full"
                            time.sleep(0.05)
                        # The last segment of the log ends, and the next one has no room: the server gives up.
                        with pytest.raises(psycopg.OperationalError):
                            connection.execute(FILL_LOG)
                    visitors.wait_for(200)
                    disk.make_room()
                    postgres.revive()
                count = ground.counted_home(visitors, tmp_path)
        finally:
            postgres.stop()
    assert count.recorded == count.answered
    assert (count.lost, count.twice, count.refused, count.unheard) == (0, 0, 0, 0)


def test_full_disk_of_the_spool_is_no_matter_while_the_database_is_there_and_an_honest_503_when_not(
    ground: Ground, loss_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "spool").mkdir()
    with (
        small_disk(tmp_path / "spool", MIB) as disk,
        Server(tmp_path, ground.dsn, within=disk.within) as server,
        Visitors([("127.0.0.1", server.port)], SLUGS) as visitors,
    ):
        visitors.wait_for(100)
        disk.fill()
        visitors.wait_for(100)
        assert not visitors.refused, "the database took them all"
        ground.wire.cut()
        time.sleep(0.5)
        before = len(visitors.answered)
        time.sleep(0.5)
        assert len(visitors.answered) == before, "nobody is sent on whose click is nowhere"
        disk.make_room()
        visitors.wait_for(100)
        ground.wire.mend()
        visitors.wait_for(200)
        visitors.go_home()
        settled(lambda: not disk.holds("clicks-*"))
    count = ground.count(visitors)
    assert set(visitors.statuses) == {503}
    # A commit whose reply was lost in the cut, and no disk to be sure on: told to come back, and counted.
    assert count.refused_and_recorded <= CLIENTS
    assert count.recorded == count.answered + count.refused_and_recorded
    assert (count.lost, count.twice, count.unheard) == (0, 0, 0)
