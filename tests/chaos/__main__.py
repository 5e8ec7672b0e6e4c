"""python -m tests.chaos [posts] [clicks] [--seed 2026] [--deliveries 200] [--networks bluesky,x] [--minutes 4]"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

#: A database that was stopped dead twice is part of it.
RESTARTS = 2
PARTS = ("posts", "clicks")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("parts", nargs="*", help="posts or clicks; both when none is named")
    parser.add_argument("--deliveries", type=int, default=200, help="posts on each network")
    parser.add_argument("--networks", default="", help="comma-separated; all when empty")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--naive", type=int, default=40, help="posts of the naive worker on each network")
    parser.add_argument(
        "--patience", type=float, default=1200, help="seconds until posts that are not settled are lost"
    )
    parser.add_argument("--minutes", type=float, default=4, help="of clicks while everything dies by chance")
    parser.add_argument("--pause", type=float, default=30, help="seconds the database's wire carries nothing")
    return parser.parse_args()


class Database:
    """An embedded PostgreSQL of our own, with fsync: what was committed must survive."""

    def __init__(self, home: Path) -> None:
        from genlyd.cli.embedded import Server

        home.chmod(0o755)  # as root, PostgreSQL runs as another user
        self.server = Server(home)
        self.log = (home / "postgres.log").open("w")
        self.server.prepare()
        self.start()

    def start(self) -> None:
        self.process: subprocess.Popen[bytes] = self.server.spawn(output=self.log)
        self.server.wait(self.process)

    def restart(self) -> None:
        """Immediate stop: no checkpoint, every connection cut. It recovers from its log when it starts."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(60)
        self.start()

    def stop(self) -> None:
        self.server.stop(self.process)
        self.server.unlock()


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def posts(wanted: argparse.Namespace, database: Database) -> Any:
    from tests.chaos.run import Run, Settings

    return Run(
        Settings(
            deliveries=wanted.deliveries, kills=wanted.kills, naive=wanted.naive, seed=wanted.seed,
            patience=wanted.patience, networks=tuple(filter(None, wanted.networks.split(","))),
            restart=database.restart, restarts=RESTARTS, say=say,
        )
    ).run()  # fmt: skip


def clicks(wanted: argparse.Namespace) -> Any:
    from genlyd.base.home import embedded_url
    from tests.chaos.clicks.run import Run
    from tests.links.loss.ground import furnished

    folder = Path(tempfile.mkdtemp(prefix="genlyd-chaos-clicks-"))
    folder.chmod(0o755)
    try:
        template = furnished(folder / "template", embedded_url())
        return Run(template, folder, wanted.seed, wanted.pause, wanted.minutes, say).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    wanted = arguments()
    home = Path(tempfile.mkdtemp(prefix="genlyd-chaos-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(
        GENLYD_HOME=str(home), DJANGO_SETTINGS_MODULE="genlyd.config.settings", GENLYD_LOG="text"
    )
    database = Database(home)
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        parts = wanted.parts or PARTS
        reports: list[Any] = []
        if "posts" in parts:
            reports.append(posts(wanted, database))
        if "clicks" in parts:
            reports.append(clicks(wanted))
        for report in reports:
            report.write()
            print(report.table(), end="\n\n")  # noqa: T201
        return 1 if any(report.problems for report in reports) else 0
    finally:
        database.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
