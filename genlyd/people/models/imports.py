from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from genlyd.base.tenancy import Owned


class PeopleImport(Owned):
    """An uploaded list of people: kept as a preview, applied only when confirmed, and only once."""

    uploaded_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    #: The file as it came: the preview is read from it afresh, so that it can never disagree with what is applied.
    content = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: When all of it was written, in one transaction.
    finished_at = models.DateTimeField(null=True, blank=True)
    #: {"created": n, "changed": n, "unchanged": n, "failed": n} once finished.
    outcome = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(outcome__isnull=False, confirmed_at__isnull=False),
                name="finished_import_has_outcome",
            )
        ]
