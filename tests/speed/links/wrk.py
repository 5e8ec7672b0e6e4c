"""The load: wrk with 32 connections, each asking again as soon as it is answered."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CLIENTS = 32
LUA = Path(__file__).with_name("visitors.lua")
#: Real shapes; the numbers vary, so that visitors do.
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.{}.{} Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.{}.{} Safari/537.36",  # noqa: E501
    "Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.{}.{} Mobile Safari/537.36",  # noqa: E501
)  # fmt: skip
REFERRERS = ("https://www.linkedin.com/", "https://bsky.app/", "https://l.facebook.com/")


@dataclass(frozen=True)
class Load:
    """What wrk saw. Times in milliseconds."""

    answered: int
    refused: int
    broken: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


def write_visitors(file: Path, slugs: Sequence[str], visitors: int, seed: int = 1) -> None:
    """So many visitors, each with a browser of its own and one of the links."""
    dice = random.Random(seed)
    with file.open("w", encoding="ascii") as out:
        for _ in range(visitors):
            agent = dice.choice(AGENTS).format(
                dice.randint(118, 142), dice.randint(5000, 7500), dice.randint(1, 250)
            )
            out.write(f"/{dice.choice(slugs)}\t{agent}\t{dice.choice(REFERRERS)}\n")


def load(
    program: str, port: int, visitors: Path, seconds: float, *, seed: int = 1, clicks_each: int = 0
) -> Load:
    """`clicks_each`: how often each visitor comes, on the average, before new people come in their place. 0: always
    the same visitors. The server must trust the address that a proxy tells: GENLYD_BEHIND_PROXY.
    """
    command = [
        program, "-t1", f"-c{CLIENTS}", f"-d{max(1, round(seconds))}s", "--timeout", "10s", "-s", str(LUA),
        f"http://127.0.0.1:{port}", "--", str(visitors), str(seed), str(clicks_each),
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return read(said)


def read(said: str) -> Load:
    found = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    return Load(
        answered=found["requests"] - found["refused"], refused=found["refused"], broken=found["broken"],
        seconds=found["microseconds"] / 1e6, p50=found["p50"] / 1e3, p99=found["p99"] / 1e3,
    )  # fmt: skip
