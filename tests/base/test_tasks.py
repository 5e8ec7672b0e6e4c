from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from genlyd.base import tasks


def _job(status: str, attempts: int, heartbeat_minutes_ago: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s * interval '1 minute') returning id",
            [heartbeat_minutes_ago],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args, status, attempts, worker_id) "
            "values ('facts', 'x', '{}', %s, %s, %s) returning id",
            [status, attempts, worker],
        )
        return int(cursor.fetchone()[0])


def _status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select status::text from procrastinate_jobs where id = %s", [job])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_job_of_a_killed_worker_is_taken_up_again_but_not_for_ever() -> None:
    lost = _job("doing", attempts=0, heartbeat_minutes_ago=10)
    deadly = _job("doing", attempts=tasks.MOST_ATTEMPTS, heartbeat_minutes_ago=10)
    under_way = _job("doing", attempts=0, heartbeat_minutes_ago=0)
    async_to_sync(tasks.take_up_lost_jobs)(timestamp=0)
    assert [_status(job) for job in (lost, deadly, under_way)] == ["todo", "failed", "doing"]


@pytest.mark.django_db(transaction=True)
def test_lost_job_whose_successor_waits_does_not_hold_up_the_others() -> None:
    lost, waiting, other = (_job(status, 0, 10) for status in ("doing", "todo", "doing"))
    with connection.cursor() as cursor:
        cursor.execute(
            "update procrastinate_jobs set queueing_lock = 'same' where id = any(%s)", [[lost, waiting]]
        )
    async_to_sync(tasks.take_up_lost_jobs)(timestamp=0)
    assert [_status(job) for job in (lost, waiting, other)] == ["failed", "todo", "todo"]


@pytest.mark.django_db
def test_chores_run() -> None:
    async_to_sync(tasks.forget_old_jobs)(timestamp=0)
    tasks.forget_old_sessions(timestamp=0)
