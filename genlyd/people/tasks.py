from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from genlyd.people.actions import imports


@app.task(queue="people", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def import_people(*, import_id: int, by_id: int) -> None:
    imports.write(import_id=import_id, by_id=by_id)


@app.task(queue="people", queueing_lock="people-imports-old")
def forget_old_imports(*, timestamp: int) -> None:  # noqa: ARG001
    imports.forget_old_imports()
