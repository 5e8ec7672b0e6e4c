"""`genlyd demo`: `genlyd up` with an organisation to try things on."""

from __future__ import annotations

import argparse
import os

from genlyd.base.home import genlyd_home, uses_embedded_database
from genlyd.cli import simulate, up
from genlyd.cli.errors import CannotStart

HELP = "run a demonstration: a made-up organisation, and a page where one picks who to be"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    up.add_arguments(parser)


def before(args: argparse.Namespace) -> None:
    """A demo, where everybody may be anybody, never runs on real people's data."""
    if not uses_embedded_database():
        raise CannotStart("`genlyd demo` keeps its own database. Unset DATABASE_URL first.")
    if "GENLYD_HOME" not in os.environ:
        home = genlyd_home()
        os.environ["GENLYD_HOME"] = str(home.with_name(f"{home.name}-demo"))
    os.environ["GENLYD_DEMO"] = "yes"
    os.environ.setdefault("GENLYD_LANGUAGE", "da")
    # The made-up organisation's own web site, with its news feed, is on this very server.
    os.environ.setdefault("GENLYD_PRIVATE_HOSTS_ALLOWED", f"localhost:{args.port}")


def run(args: argparse.Namespace) -> int:
    first = [up.program("simulate", "--demo")] if hasattr(simulate, "run") else []
    return up.run(args, first=first)
