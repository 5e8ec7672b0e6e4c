from __future__ import annotations

import base64
from collections.abc import Mapping
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from genlyd.notifications.models import Mail


@transaction.atomic
def queue_mail(
    message: EmailMessage,
    *,
    organisation_id: int | None = None,
    member_id: int | None = None,
    kind: str = "",
    pictures: Mapping[str, bytes] | None = None,
) -> list[Mail]:
    """Store a row per recipient, each with its job, in the caller's transaction: rolled back is never sent."""
    from genlyd.notifications.tasks import defer_mail  # the task calls back into these actions

    html = next(
        (str(content) for content, kind_ in getattr(message, "alternatives", []) if kind_ == "text/html"), ""
    )
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    headers.setdefault("From", message.from_email or settings.DEFAULT_FROM_EMAIL)
    if message.reply_to:
        headers.setdefault("Reply-To", ", ".join(message.reply_to))
    host = urlsplit(settings.URL).hostname or "localhost"
    mails = [
        Mail.objects.create(
            organisation_id=organisation_id,
            member_id=member_id,
            kind=kind,
            # A line break in a name or a subject would start a header of its own.
            to=" ".join(recipient.split())[:320],
            subject=" ".join(str(message.subject).split())[:300],
            text=str(message.body),
            html=html,
            headers=headers,
            pictures={cid: base64.b64encode(png).decode() for cid, png in (pictures or {}).items()},
            message_id=make_msgid(domain=host),
        )
        for recipient in message.recipients()
    ]
    for mail in mails:
        defer_mail(mail.pk)
    return mails
