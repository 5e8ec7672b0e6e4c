from __future__ import annotations

from typing import Any

from django.core.management import call_command
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from genlyd.base import facts


@app.task(queue="facts", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def react(*, fact: str, reaction: str, values: dict[str, Any]) -> None:
    facts.run(fact, reaction, values)


#: A job that took its worker down with it this often is a bug, not bad luck.
MOST_ATTEMPTS = 5


@app.task(queue="chores", queueing_lock="take_up_lost_jobs")
async def take_up_lost_jobs(*, timestamp: int) -> None:  # noqa: ARG001
    """Jobs whose worker was killed in the middle go back into the queue. Every task must bear being done twice."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        if job.attempts >= MOST_ATTEMPTS:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
            continue
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            # Its successor waits already and does the same; the other lost jobs must not wait for that one.
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.task(queue="chores", queueing_lock="forget_old_jobs")
async def forget_old_jobs(*, timestamp: int) -> None:  # noqa: ARG001
    """Finished jobs are kept for three days, so that somebody can look; failed ones for a month."""
    await app.job_manager.delete_old_jobs(nb_hours=3 * 24)
    await app.job_manager.delete_old_jobs(
        nb_hours=30 * 24, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.task(queue="chores", queueing_lock="forget_old_sessions")
def forget_old_sessions(*, timestamp: int) -> None:  # noqa: ARG001
    call_command("clearsessions")
