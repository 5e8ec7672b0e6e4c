"""Django's door for mail: every message becomes a row, and the worker sends it."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from genlyd.notifications.actions import queue_mail  # models load after settings

        for message in email_messages:
            queue_mail(message)
        return len(email_messages)
