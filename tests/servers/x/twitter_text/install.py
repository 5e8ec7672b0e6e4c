"""X's own counting (npm `twitter-text`, 11 MB) in `.cache/twitter-text`, and what it says of a text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.servers import npm
from tests.servers.pds.install import node

HERE = Path(__file__).resolve().parent
NAME = "twitter-text"


def is_installed() -> bool:
    return npm.is_installed(HERE, NAME)


def install() -> Path:
    """The folder with the package in it. Raises CannotInstall."""
    return npm.install(HERE, NAME)


def count(texts: Sequence[str]) -> list[tuple[int, bool, list[str]]]:
    """Of each text its weight, whether X would take it, and its addresses. One process for all of them."""
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    done = subprocess.run(
        [node(), HERE / "count.mjs", install()], input=lines, capture_output=True, text=True, check=True, timeout=60
    )  # fmt: skip
    return [(weight, valid, found) for weight, valid, found in map(json.loads, done.stdout.splitlines())]
