"""An organisation of any size with months of history, made from stated truths.

The generator (`truths`, `people`, `timetable`, `shares`, `clicks`, `history`) is pure: numpy, a seed, and `now` as
an argument; no Django, no clock. `writer` puts what it made into the database. See docs/reference/simulator.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "make an organisation of any size with months of history from stated truths"
NEEDS_DATABASE = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--people", type=int, default=400, help="how many people work there (400)")
    parser.add_argument("--months", type=int, default=6, help="how many months of history (6)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same history (1)")
    parser.add_argument("--truths", type=Path, help="a TOML file like genlyd/cli/simulate/truths/demo.toml")
    parser.add_argument("--organisation-name", default="Nordvang Energi", help="what it is called")
    parser.add_argument("--yes", action="store_true", help="even beside a real organisation")
    parser.add_argument("--demo", action="store_true", help="the demonstration, once: what exists is kept")


def run(args: argparse.Namespace) -> int:
    from genlyd.cli.simulate.command import run as make  # Django is set up by now

    return make(args)
