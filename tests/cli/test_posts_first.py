"""While posts are going out by the hundred, what follows from them waits; everything else goes on."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any

import pytest

from genlyd.cli import worker


@pytest.mark.parametrize(
    ("queue", "busy_for", "waits"),
    [("facts", 0.0, False), ("facts", 0.3, True), ("notifications", 0.3, False), ("facts", 60.0, True)],
)
def test_follow_ups_wait_while_posts_are_on_their_way(
    monkeypatch: pytest.MonkeyPatch,
    queue: str,
    busy_for: float,
    waits: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(worker, "LONGEST_LAG", 0.6)
    began = time.monotonic()
    wait: Any = worker._posts_first(lambda: time.monotonic() - began < busy_for)

    async def job() -> str:
        return "done"

    context = SimpleNamespace(job=SimpleNamespace(queue=queue))
    assert asyncio.run(wait(job, context, None)) == "done"
    took = time.monotonic() - began
    # However long it goes on, nothing waits for ever.
    assert (took > 0.2) is waits
    assert took < 5
