"""The servers side by side, all up for as long as it takes, so that turns follow each other without a start between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.links.redirecting import Server
from tests.speed.links import nginx, wrk
from tests.speed.links.ground import Ground
from tests.speed.links.layout import slugs_of
from tests.speed.links.pace import paced

OURS, NAIVE = "genlyd.links.redirect.app:app", "tests.speed.one_insert:app"
#: Links asked for, of those that are hot; and visitors who ask.
ASKED, VISITORS = 5_000, 50_000
FEW = 1_000


@dataclass
class Stage:
    """Ports, and files of visitors for wrk."""

    ours: Server
    naive: Server
    #: The same app on a database of 1,000 links.
    small: Server
    nginx: int | None
    visitors: Path
    hot: Path
    few: Path


def make_few(ground: Ground) -> list[str]:
    """A thousand links in the database that was kept empty."""
    import psycopg

    with psycopg.connect(ground.empty, autocommit=True) as small:
        row = small.execute(
            "INSERT INTO people_organisation (name, language, time_zone, email_domains, accent, logo, website, is_demo,"
            " created_at) VALUES ('Small', 'da', 'UTC', '{}', '', '', '', false, now()) RETURNING id"
        ).fetchone()
        assert row
        slugs = [f"few-{number:05}" for number in range(FEW)]
        small.cursor().executemany(
            "INSERT INTO links_link (organisation_id, slug, target, utm, kind, label, network, preview, health, created_at,"
            """ published_at) VALUES (%s, %s, %s, '{"utm_source": "linkedin"}', 'share', '', 'linkedin', '{}', '', now(),"""
            " now() - interval '1 day')",
            [(row[0], slug, f"https://www.house.example/nyheder/{slug}/derfor-bygger-vi?kilde=kollega") for slug in slugs],
        )  # fmt: skip
    return slugs


@contextmanager
def standing(ground: Ground, nginx_program: str | None) -> Iterator[Stage]:
    folder = ground.folder
    hot = [slug.decode() for slug in slugs_of(ground.layout.some_links(ground.layout.size.hot, seed=5))]
    few = make_few(ground)
    visitors, everybody, fewer = folder / "visitors", folder / "visitors-hot", folder / "visitors-few"
    wrk.write_visitors(visitors, hot[:ASKED], VISITORS)
    wrk.write_visitors(everybody, hot, max(VISITORS, 2 * len(hot)))
    wrk.write_visitors(fewer, few, VISITORS)
    with ExitStack() as stack:
        port = stack.enter_context(nginx.running(nginx_program, folder / "nginx")) if nginx_program else None
        servers = [
            stack.enter_context(Server(folder / name, dsn, app))
            for name, dsn, app in (
                ("ours", ground.dsn, OURS),
                ("naive", ground.dsn, NAIVE),
                ("small", ground.empty, OURS),
            )
        ]
        stage = Stage(*servers, nginx=port, visitors=visitors, hot=everybody, few=fewer)
        _warm(stage, hot, folder)
        yield stage
        for server in servers:
            server.terminate()


def _warm(stage: Stage, hot: list[str], folder: Path) -> None:
    """Every hot link once, so that a turn measures the cache that such an installation has."""
    once = folder / "visitors-once"
    once.write_text("".join(f"/{slug}\twarm\t\n" for slug in hot), encoding="ascii")
    paced(stage.ours.port, float("inf"), len(hot), once)
