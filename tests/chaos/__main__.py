"""python -m tests.chaos [--deliveries 200] [--networks bluesky,x] [--seed 2026] [--kills 30]"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

#: A database that was stopped dead twice is part of it.
RESTARTS = 2


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=200, help="posts on each network")
    parser.add_argument("--networks", default="", help="comma-separated; all when empty")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--naive", type=int, default=40, help="posts of the naive worker on each network")
    parser.add_argument(
        "--patience", type=float, default=1200, help="seconds until posts that are not settled are lost"
    )
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

        from tests.chaos.run import Run, Settings

        call_command("migrate", verbosity=0)
        report = Run(
            Settings(
                deliveries=wanted.deliveries, kills=wanted.kills, naive=wanted.naive, seed=wanted.seed,
                patience=wanted.patience, networks=tuple(filter(None, wanted.networks.split(","))),
                restart=database.restart, restarts=RESTARTS, say=lambda text: print(text, flush=True),  # noqa: T201
            )
        ).run()  # fmt: skip
        report.write()
        print(report.table())  # noqa: T201
        return 1 if report.problems else 0
    finally:
        database.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
