from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from genlyd.base.tenancy import Owned


class Invitation(Owned):
    """One mail asking one member to join. Only the hash of its token is kept."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_member",
            )
        ]


class JoinLink(Owned):
    """A link anybody with an address at one of the organisation's domains may join by."""

    token_hash = models.CharField(max_length=64, unique=True)
    #: The sealed token, so that an administrator can copy the link again.
    token_sealed = models.BinaryField()
    department = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
