"""The redirect on a database whose files are in memory: what is left of a visitor's wait when no disk is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.links.redirecting import Server
from tests.speed.links import wrk
from tests.speed.links.ground import Ground, second
from tests.speed.links.pace import paced
from tests.speed.links.place import Place
from tests.speed.links.stage import OURS, make_few

PLACE = Path("/dev/shm")
VISITORS = 10_000


@contextmanager
def standing(ground: Ground) -> Iterator[Place | None]:
    """None where the system has no such memory."""
    if not PLACE.is_dir():
        yield None
        return
    with second(PLACE) as dsn:
        slugs = make_few(dsn)
        visitors = ground.folder / "visitors-no-disk"
        wrk.write_visitors(visitors, slugs, VISITORS)
        with Server(ground.folder / "no-disk", dsn, OURS) as server:
            paced(server.port, float("inf"), VISITORS, visitors)
            yield Place(ground, server, visitors, dsn)
            server.terminate()
