from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Mail(models.Model):
    """One e-mail on its way. Without a mail server it stays here, where an administrator can read it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    member = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    #: Inline pictures (charts): {content id: base64 PNG}.
    pictures = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-created_at"], name="mail_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_mail_has_a_time"
            )
        ]
