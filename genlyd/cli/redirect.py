"""`genlyd redirect`: the short links. Without Django, so that it starts fast, stays small and depends on little."""

from __future__ import annotations

import argparse

from genlyd.cli import options

HELP = "serve the short links"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    options.add_host(parser)
    options.add_redirect_port(parser)


def run(args: argparse.Namespace) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "genlyd.cli.serving_redirect:app",
        address=args.host,
        port=args.redirect_port,
        interface=Interfaces.ASGI,
        workers=1,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()
    return 0
