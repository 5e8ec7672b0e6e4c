from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from procrastinate.exceptions import AlreadyEnqueued

from genlyd.base import clock
from genlyd.notifications import smtp
from genlyd.notifications.models import Mail

#: Older mail is not sent by itself when a mail server is configured at last: its news is no news any more.
STALE_AFTER = timedelta(hours=24)
KEPT_FOR = timedelta(days=90)


class TryLater(Exception):
    """Raised for the queue, which tries the job again."""


def deliver(mail_id: int, *, last_try: bool) -> None:
    """Send one mail. Raises TryLater when trying again can help.

    The claim is one conditional UPDATE that must touch one row, so that two workers never send the same mail.
    If we die between the server's yes and our note of it, the mail is sent again after CLAIM_LASTS with the same
    Message-ID: a mail twice is better than an invitation that never came.
    """
    if not settings.SMTP_HOST:
        return
    now = clock.now()
    claimed = (
        Mail.objects.sendable(now)
        .filter(pk=mail_id)
        .update(state=Mail.State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    )
    if not claimed:
        return
    mail = Mail.objects.get(pk=mail_id)
    try:
        smtp.send(mail)
    except smtp.NotSent as refusal:
        again = refusal.temporary and not last_try
        Mail.objects.filter(pk=mail_id).update(
            state=Mail.State.WAITING if again else Mail.State.FAILED,
            claimed_at=None,
            problem=refusal.problem,
            error=refusal.detail[:2000],
        )
        if again:
            raise TryLater(refusal.detail) from refusal
        return
    Mail.objects.filter(pk=mail_id).update(
        state=Mail.State.SENT, sent_at=clock.now(), claimed_at=None, problem="", error="",
        subject="" if mail.is_personal else mail.subject, text="", html="", pictures={}, headers={},
    )  # fmt: skip


def send_again(*, mail: Mail) -> bool:
    """For an administrator: try a failed or waiting mail once more. False if it has left meanwhile."""
    ready = Mail.objects.filter(pk=mail.pk, state__in=[Mail.State.FAILED, Mail.State.WAITING]).update(
        state=Mail.State.WAITING
    )
    if ready:
        _defer(mail.pk)
    return bool(ready)


def send_what_waits() -> int:
    """Give a new job to mail that lost its own: the mail server was not configured then, or a worker died."""
    if not settings.SMTP_HOST:
        return 0
    now = clock.now()
    waiting = Mail.objects.sendable(now).filter(created_at__gt=now - STALE_AFTER)
    return sum(
        _defer(mail_id) for mail_id in waiting.order_by("created_at").values_list("pk", flat=True)[:1000]
    )


def _defer(mail_id: int) -> bool:
    """A mail whose job still waits (for its next try, say) gets no second one: the queue refuses the lock."""
    from genlyd.notifications.tasks import defer_mail  # the task calls back into these actions

    try:
        with transaction.atomic():
            defer_mail(mail_id)
    except AlreadyEnqueued:
        return False
    return True


def forget_old_mail() -> int:
    """Rows about mail are kept for a season, for the administrator; then nobody needs them."""
    deleted, _ = Mail.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()
    return deleted
