from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from genlyd.base import clock
from genlyd.links import ingest
from genlyd.links.domain.visitor import day_of

#: A flood is worked off over several runs, so that one job never holds a worker for long.
BATCHES = 50


@app.task(queue="clicks", queueing_lock="links.judge_clicks")
def judge_clicks(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Every five seconds: with the four a click waits to settle, it is on the board within about ten."""
    for _ in range(BATCHES):
        if not ingest.judge(now=clock.now()):
            return


@app.task(queue="clicks", retry=RetryStrategy(max_attempts=10, wait=60))
def forget_salts(timestamp: int) -> None:  # noqa: ARG001
    ingest.forget_salts(today=day_of(clock.now()))
