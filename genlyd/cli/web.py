"""`genlyd web`: the site. Any number of these, on any number of machines."""

from __future__ import annotations

import argparse

from genlyd.cli import options

HELP = "serve the site"
#: As many as the database pool of one process holds connections: more would only wait.
THREADS = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    options.add_host(parser)
    options.add_port(parser)


def run(args: argparse.Namespace) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from genlyd.cli.niceness import stand_back
    from genlyd.cli.static import collect

    collect()
    # A page may take a moment longer; who follows a short link waits for its answer with nothing to look at.
    stand_back(options.web_niceness())
    Granian(
        "genlyd.cli.serving:site",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=options.web_processes(),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.error,  # it warns about the number of threads at every start,
    ).serve()
    return 0
