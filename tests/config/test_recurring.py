from __future__ import annotations

import inspect

from procrastinate.contrib.django import app

from genlyd.config import recurring


def test_every_recurring_task_exists_and_takes_its_time() -> None:
    for _cron, name in recurring.EVERY:
        assert "timestamp" in inspect.signature(app.tasks[name].func).parameters, name
    assert len({name for _cron, name in recurring.EVERY}) == len(recurring.EVERY)
