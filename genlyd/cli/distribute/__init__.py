"""`genlyd distribute`: lay clicks and what is counted of them on many machines, by organisation, with Citus; and back.

`cluster` looks, `moves` changes one table at a time, `command` talks with the person. See docs/operate/scaling.md.
"""

from __future__ import annotations

import argparse

HELP = "lay clicks and their sums on many machines (PostgreSQL with Citus), or back on one"
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--back", action="store_true", help="bring everything back to one machine")
    parser.add_argument("--dry-run", action="store_true", help="only check, and say what would be done")
    parser.add_argument("--yes", action="store_true", help="do not ask before it begins")
    parser.add_argument(
        "--shards",
        type=int,
        default=32,
        help="pieces each table is cut into; several per machine to come (32)",
    )
    parser.add_argument(
        "--one-machine", action="store_true", help="even when no other machine takes part, to try it out"
    )


def run(args: argparse.Namespace) -> int:
    from genlyd.cli.distribute.command import run as distribute  # Django is set up by now

    return distribute(args)
