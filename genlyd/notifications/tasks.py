from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from genlyd.notifications.actions import delivery

#: 4 s, 16 s, 1 min, 4 min, 17 min, 68 min, 4.5 h: about six hours of a mail server being away.
RETRIES = 7


@app.task(
    queue="mail",
    pass_context=True,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=4, retry_exceptions=[delivery.TryLater]),
)
def send_mail(context: JobContext, *, mail_id: int) -> None:
    delivery.deliver(mail_id, last_try=context.job.attempts >= RETRIES)


def defer_mail(mail_id: int) -> None:
    send_mail.configure(queueing_lock=f"mail-{mail_id}").defer(mail_id=mail_id)


@app.task(queue="mail", queueing_lock="mail-waiting")
def send_waiting_mail(*, timestamp: int) -> None:  # noqa: ARG001
    delivery.send_what_waits()


@app.task(queue="mail", queueing_lock="mail-old")
def forget_old_mail(*, timestamp: int) -> None:  # noqa: ARG001
    delivery.forget_old_mail()
