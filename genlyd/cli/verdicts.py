"""`genlyd verdicts`: how well people and programs are told apart, measured on real user agents and on scenarios."""

from __future__ import annotations

import argparse

HELP = "measure how well clicks of people and of programs are told apart"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    pass


def run(_args: argparse.Namespace) -> int:
    from genlyd.links.report import as_text

    print(as_text())
    return 0
