from __future__ import annotations

from django.db import models
from django.utils import timezone

from genlyd.base.tenancy import Owned


class AuditEntry(Owned):
    """Who did what to which thing, when. Append-only: written by `audit.note`, never changed."""

    actor = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="audit_newest")]
