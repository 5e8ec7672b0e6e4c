from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from genlyd.base.tenancy import Owned


class ConsentText(Owned):
    """What a participant agrees to. A new wording is a new version; old ones stay readable."""

    version = models.PositiveIntegerField()
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="consent_version_once")
        ]


class Consent(Owned):
    """A member's yes to taking part, with date and version; withdrawn with one click."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(withdrawn_at=None), name="one_consent_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]
