from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from genlyd.base.tenancy import Owned


class NetworkApp(Owned):
    """The organisation's own app at a network, or on one server of a network with many (Mastodon)."""

    network = models.CharField(max_length=20)
    #: Origin, for networks where every server has its own apps.
    server = models.URLField(blank=True)
    client_id = models.CharField(max_length=500)
    #: {"client_secret": ...}, and other secret fields of the network's AppSetup.
    secret_sealed = models.BinaryField(null=True)
    #: The other fields of the AppSetup.
    options = models.JSONField(default=dict, blank=True)
    enabled = models.BooleanField(default=True)
    #: The last live test, and what it found ("" when all was well).
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network", "server"], name="one_app_per_server"),
            models.CheckConstraint(condition=~Q(client_id=""), name="app_has_client_id"),
        ]

    def __str__(self) -> str:
        return self.server or self.network


class ClientKey(models.Model):
    """A key with which this installation, for all its organisations, proves to networks' servers that it is itself."""

    network = models.CharField(max_length=20)
    kid = models.CharField(max_length=40, unique=True)
    secret_sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.kid


class Account(Owned):
    """A member's connection to a network. The secret is sealed (base.crypto); disconnecting erases it."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="accounts")
    network = models.CharField(max_length=20)
    #: The network's own immutable id of the account (Bluesky: the DID).
    remote_id = models.CharField(max_length=200)
    handle = models.CharField(max_length=200)
    #: Where the account lives, for networks with many servers (Bluesky: the PDS).
    server = models.URLField(blank=True)
    #: A networks.contract.SignIn.
    sign_in = models.CharField(max_length=20, default="app_password")
    secret_sealed = models.BinaryField(null=True)
    scopes = models.TextField(blank=True)
    #: What the network said of the account or its server (limits of a Mastodon server, say).
    options = models.JSONField(default=dict, blank=True)
    #: When the person has to connect again whatever we do; empty: never.
    expires_at = models.DateTimeField(null=True, blank=True)
    #: Of the warnings before that day, the last one sent, in days before it.
    warned_days = models.PositiveSmallIntegerField(null=True, blank=True)
    followers = models.PositiveIntegerField(null=True, blank=True)
    followers_at = models.DateTimeField(null=True, blank=True)
    #: When the network was last asked for them, whatever it said.
    followers_asked_at = models.DateTimeField(null=True, blank=True)
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


class FollowerReading(Owned):
    """How many followed an account, each time the number was another. `Account.followers` is the newest."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="follower_readings")
    followers = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "read_at"], name="followers_read_once")]
        indexes = [models.Index(fields=["read_at"], name="followers_by_age")]


class QuotaUse(Owned):
    """How much of a network's quota is used: written by networks.quotas alone, one row for each window.

    A rolling quota has one row, whose slots move along; its `window` is 0.
    """

    network = models.CharField(max_length=20)
    quota = models.CharField(max_length=30)
    #: Whose: the account as the network knows it, or the app.
    subject = models.CharField(max_length=450)
    window = models.BigIntegerField()
    #: The number of the newest slot, and what was used in it and in those before it, newest first.
    slot = models.BigIntegerField()
    counts = ArrayField(models.PositiveIntegerField())
    counted = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    #: Afterwards the row says nothing any more.
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "quota", "subject", "window"], name="quota_window_once"
            ),
            models.CheckConstraint(condition=Q(counted__lte=F("most")), name="quota_is_kept"),
        ]
        indexes = [models.Index(fields=["ends_at"], name="quota_window_end")]


class Budget(Owned):
    """What an organisation lets Genlyd spend at a network in a month, in millionths of the network's currency."""

    network = models.CharField(max_length=20)
    monthly = models.PositiveBigIntegerField()
    #: Prices that differ from those Genlyd came with (networks.domain.price.Prices.of), and when they were read.
    prices = models.JSONField(default=dict, blank=True)
    prices_checked_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network"], name="one_budget_per_network"),
        ]


class Spending(Owned):
    """What of a budget is spent or promised in one month (its first day). `most` is what then was allowed."""

    network = models.CharField(max_length=20)
    month = models.DateField()
    most = models.PositiveBigIntegerField()
    spent = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "month"], name="one_spending_per_month"
            ),
            models.CheckConstraint(condition=Q(spent__lte=F("most")), name="budget_is_kept"),
        ]


class PracticePost(Owned):
    """What somebody has put up to practise. Seen by them alone; no link, no figure, no reading knows it."""

    #: Derived from the delivery and its version: the same key is the same post.
    key = models.CharField(primary_key=True, max_length=100)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="practice_posts")
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["account", "-created_at"], name="practice_by_account")]
