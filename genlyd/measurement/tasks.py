from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from genlyd.base import clock
from genlyd.measurement import actions
from genlyd.measurement.queries.days import day_to_read
from genlyd.programmes.models import Period

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(queue="figures", retry=AGAIN)
def read_everything(timestamp: int) -> None:  # noqa: ARG001
    """Every night: a job per running period, so that a large one does not hold up the others."""
    today = clock.now().date()
    running = Period.objects.filter(
        opened_at__isnull=False, closed_at=None, ends_on__gte=today - timedelta(days=2)
    )
    for pk in running.values_list("pk", flat=True):
        read_period.defer(period_id=pk)


@app.task(queue="figures", retry=AGAIN)
def read_period(period_id: int) -> None:
    """Yesterday once more, now that its late clicks have come, then today."""
    period = Period.objects.select_related("organisation").get(pk=period_id)
    day = day_to_read(period)
    for chosen in (day - timedelta(days=1), day):
        actions.take_readings(period=period, day=chosen)


@app.task(queue="figures", retry=AGAIN)
def read_history(period_id: int) -> None:
    actions.fill_history(period=Period.objects.select_related("organisation").get(pk=period_id))


@app.task(queue="figures", retry=AGAIN)
def read_again(period_id: int) -> None:
    actions.read_again(period=Period.objects.select_related("organisation").get(pk=period_id))


@app.task(queue="mail", retry=AGAIN)
def ask_owners(timestamp: int) -> None:  # noqa: ARG001
    actions.ask_owners()


@app.task(queue="mail", retry=AGAIN)
def mail_update(update_id: int) -> None:
    actions.mail_update(update_id=update_id)


def defer_history(period_id: int) -> None:
    """One waiting job is enough, however many KPIs are chosen in a row."""
    try:
        with transaction.atomic():
            read_history.configure(queueing_lock=f"measurement.history.{period_id}").defer(
                period_id=period_id
            )
    except AlreadyEnqueued:
        pass


def defer_again(period_id: int) -> None:
    """In a minute, and once: late clicks and days judged again come in many batches."""
    try:
        with transaction.atomic():
            read_again.configure(
                queueing_lock=f"measurement.again.{period_id}", schedule_in={"seconds": 60}
            ).defer(period_id=period_id)
    except AlreadyEnqueued:
        pass


def defer_mail(update_id: int) -> None:
    mail_update.defer(update_id=update_id)
