"""What the commands take from the environment; flags on the command line win."""

from __future__ import annotations

import argparse
import os

from genlyd.base import env


def default_host() -> str:
    return env.text("GENLYD_HOST", "127.0.0.1", help="Address the site and the short links listen on.")


def default_port() -> int:
    return env.number("GENLYD_PORT", 8000, least=1, most=65535, help="Port of the site.")


def default_redirect_port() -> int:
    return env.number("GENLYD_REDIRECT_PORT", 8001, least=1, most=65535, help="Port of the short links.")


def web_processes() -> int:
    """As many as there are processors, four at most: beyond that more machines help more."""
    given = env.number(
        "GENLYD_WEB_PROCESSES", 0, most=64, help="Processes that answer pages; 0: as many as fit."
    )
    return given or min(os.cpu_count() or 1, 4)


def web_niceness() -> int:
    return env.number(
        "GENLYD_WEB_NICENESS", 10, least=0, most=19,
        help="How far the site stands back behind short links and the database where processors are short; 0: not.",
    )  # fmt: skip


def worker_jobs() -> int:
    return env.number(
        "GENLYD_WORKER_JOBS", 4, least=1, most=64, help="Jobs one worker does at the same time."
    )


def worker_calls() -> int:
    return env.number(
        "GENLYD_WORKER_CALLS",
        16,
        least=1,
        most=200,
        help="Posts one worker takes to their networks at the same time.",
    )


def add_host(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=default_host(), help="address to listen on (GENLYD_HOST)")


def add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=default_port(), help="port of the site (GENLYD_PORT)")


def add_redirect_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--redirect-port", type=int, default=default_redirect_port(),
        help="port of the short links (GENLYD_REDIRECT_PORT)",
    )  # fmt: skip
