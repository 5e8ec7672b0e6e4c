from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from genlyd.base.tenancy import Owned


class Account(Owned):
    """A member's connection to a network. The secret is sealed (base.crypto); disconnecting erases it."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="accounts")
    network = models.CharField(max_length=20)
    #: The network's own immutable id of the account (Bluesky: the DID).
    remote_id = models.CharField(max_length=200)
    handle = models.CharField(max_length=200)
    #: Where the account lives, for networks with many servers (Bluesky: the PDS).
    server = models.URLField(blank=True)
    secret_sealed = models.BinaryField(null=True)
    followers = models.PositiveIntegerField(null=True, blank=True)
    followers_at = models.DateTimeField(null=True, blank=True)
    #: When its session was last renewed for keeping's sake.
    checked_at = models.DateTimeField(null=True, blank=True)
    connected_at = models.DateTimeField(default=timezone.now)
    needs_reconnect_since = models.DateTimeField(null=True, blank=True)
    disconnected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "network", "remote_id"],
                condition=Q(disconnected_at=None),
                name="account_connected_once",
            ),
            models.CheckConstraint(
                condition=Q(disconnected_at=None) | Q(secret_sealed=None),
                name="disconnected_account_has_no_secret",
            ),
        ]

    def __str__(self) -> str:
        return self.handle
