"""`genlyd redirect`: the short links. Without Django, so that it starts fast, stays small and depends on little."""

from __future__ import annotations

import argparse

from genlyd.cli import options

HELP = "serve the short links"
#: Visitors who may wait for a connection, and be under way, at once: a post that goes viral comes in a minute.
BACKLOG = 4096


def add_arguments(parser: argparse.ArgumentParser) -> None:
    options.add_host(parser)
    options.add_redirect_port(parser)


def run(args: argparse.Namespace) -> int:
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    Granian(
        "genlyd.cli.serving_redirect:app",
        address=args.host,
        port=args.redirect_port,
        interface=Interfaces.ASGI,
        # One process: a second one adds nothing where the database shares its processors; more machines do.
        workers=1,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()
    return 0
