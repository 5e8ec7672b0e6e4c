"""Django's door for mail: every message becomes a row, and the worker sends it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from genlyd.notifications.actions import queue_mail  # models load after settings

        for message in email_messages:
            # Areas below this one say whose mail it is with an attribute: people.letters, the account adapter.
            queue_mail(message, **getattr(message, "genlyd", {}))
        return len(email_messages)
