from __future__ import annotations

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from genlyd.base import facts


@app.task(queue="facts", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def react(*, fact: str, reaction: str, values: dict[str, Any]) -> None:
    facts.run(fact, reaction, values)
