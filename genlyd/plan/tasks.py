from __future__ import annotations

from procrastinate.contrib.django import app

from genlyd.base import clock
from genlyd.plan import actions


@app.task(queue="plan", queueing_lock="plan-reminders")
def remind(*, timestamp: int) -> None:  # noqa: ARG001
    actions.remind(clock.now())
