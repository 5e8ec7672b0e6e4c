from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.tenancy import Owned


def key_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


class Target(Owned):
    """A page that an organisation's links lead to, however many do: looked at once for all of them."""

    class Health(models.TextChoices):
        UNKNOWN = "", _("Not looked at yet")
        OK = "ok", _("Answers")
        FAILING = "failing", _("Does not answer right now")
        GONE = "gone", _("Gone")

    url = models.URLField(max_length=2000)
    #: SHA-256 of the address, since addresses are too long for an index.
    key = models.CharField(max_length=64)
    #: When a link to it was last made or changed. What nobody has wanted for long is no longer looked at.
    wanted_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    health = models.CharField(max_length=10, choices=Health, blank=True, default=Health.UNKNOWN)
    #: Looks in a row that found no page, and when the first of them was.
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="target_once")]
        indexes = [
            models.Index(fields=["due_at"], name="target_due"),
            models.Index(
                fields=["organisation", "failing_since"],
                condition=Q(health__in=["failing", "gone"]),
                name="target_in_trouble",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def in_trouble(self) -> bool:
        return self.health in (self.Health.FAILING, self.Health.GONE)
