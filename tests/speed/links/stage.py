"""The servers side by side, all up for as long as it takes, so that turns follow each other without a start between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psycopg

from tests.links.redirecting import Server
from tests.speed.links import nginx, wrk
from tests.speed.links.columns import Table
from tests.speed.links.ground import Ground
from tests.speed.links.layout import slugs_of
from tests.speed.links.pace import paced

OURS, NAIVE = "genlyd.links.redirect.app:app", "tests.speed.one_insert:app"
#: Links asked for, of those that are hot; and visitors who ask.
ASKED, VISITORS = 5_000, 50_000
FEW = 1_000
#: Times that every hot link is asked for, at most, until all are in memory.
WARMINGS = 3


@dataclass
class Stage:
    """Servers by name: `ours`, `one_insert`, and `few` (ours with 1,000 links); files of visitors for wrk."""

    servers: dict[str, Server]
    nginx: int | None
    visitors: Path
    hot: Path
    few: Path

    @property
    def ours(self) -> Server:
        return self.servers["ours"]

    def leave_only(self, name: str) -> None:
        for other in [other for other in self.servers if other != name]:
            self.servers.pop(other).terminate()


def make_few(dsn: str) -> list[str]:
    """A thousand links in the database that was kept empty."""
    slugs = np.array([f"few{number:05}".encode() for number in range(FEW)])
    now = datetime.now(UTC)
    with psycopg.connect(dsn) as small:
        Table(small, "people_organisation").copy(
            [(1, {"name": "Small", "language": "da", "time_zone": "UTC"})]
        )
        row = small.execute("SELECT max(id) FROM people_organisation").fetchone()
        assert row
        values = {
            "organisation_id": row[0], "slug": slugs, "kind": "share", "network": "linkedin", "created_at": now,
            "target": "https://www.house.example/nyheder/000000001/derfor-bygger-vi?kilde=kollega",
            "utm": '{"utm_medium": "social", "utm_source": "linkedin", "utm_campaign": "efteraar"}',
        }  # fmt: skip
        Table(small, "links_link").copy([(FEW, values)])
    return [slug.decode() for slug in slugs]


@contextmanager
def standing(
    ground: Ground, nginx_program: str | None, names: Sequence[str] = ("ours", "one_insert", "few")
) -> Iterator[Stage]:
    folder = ground.folder
    hot = [slug.decode() for slug in slugs_of(ground.layout.some_links(ground.layout.size.hot, seed=5))]
    visitors, everybody, fewer = folder / "visitors", folder / "visitors-hot", folder / "visitors-few"
    many = min(VISITORS, 10 * len(hot))
    wrk.write_visitors(visitors, hot[:ASKED], many)
    wrk.write_visitors(everybody, hot, max(many, 2 * len(hot)))
    if "few" in names:
        wrk.write_visitors(fewer, make_few(ground.empty), many)
    with ExitStack() as stack:
        port = stack.enter_context(nginx.running(nginx_program, folder / "nginx")) if nginx_program else None
        servers = {
            name: stack.enter_context(
                Server(
                    folder / name,
                    ground.empty if name == "few" else ground.dsn,
                    NAIVE if name == "one_insert" else OURS,
                    settings={"GENLYD_BEHIND_PROXY": "1"},
                )
            )
            for name in names
        }
        stage = Stage(servers, nginx=port, visitors=visitors, hot=everybody, few=fewer)
        _warm(stage, hot, folder)
        yield stage
        for server in stage.servers.values():
            server.terminate()


def _warm(stage: Stage, hot: list[str], folder: Path) -> None:
    """Every hot link, so that a turn measures the cache that such an installation has.

    On a disk that is cold a link may not be found in time, and its visitor is told to try again: so they do.
    """
    once = folder / "visitors-once"
    once.write_text("".join(f"/{slug}\twarm\t\n" for slug in hot), encoding="ascii")
    for _attempt in range(WARMINGS):
        found = paced(stage.ours.port, float("inf"), len(hot), once)
        if found["answers"] == {302: len(hot)}:
            return
    raise AssertionError(found["answers"])
