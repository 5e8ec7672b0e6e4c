from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from genlyd.base.tenancy import Owned


class FigureImport(Owned):
    """What a member's own file from a network says of their posts here. The file itself is not kept.

    Applied once, when the member has looked at it; undone once, if they like.
    """

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="+")
    #: networks.linkedin.domain.exports.Kind
    kind = models.CharField(max_length=10)
    uploaded_at = models.DateTimeField(default=timezone.now)
    #: [{"share", "how", "address", "at", "figures": {metric: value}, "partial"}]: matched posts and nothing else.
    rows = models.JSONField(default=list)
    #: Posts of the file that are none of ours; only counted.
    others = models.PositiveIntegerField(default=0)
    #: When what the file says was so.
    as_of = models.DateTimeField()
    followers = models.PositiveIntegerField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    #: What confirming has changed, so that it can be taken back; see sharing.actions.import_figures.
    changes = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, changes__isnull=True)
                | Q(confirmed_at__isnull=False, changes__isnull=False),
                name="confirmed_import_knows_its_changes",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(confirmed_at__isnull=False),
                name="undone_import_was_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["member", "-uploaded_at"], name="import_by_member")]
