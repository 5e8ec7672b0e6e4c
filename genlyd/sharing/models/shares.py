from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from genlyd.base.tenancy import Owned


class Draft(Owned):
    """What somebody is writing about a story. Seen by nobody else; gone when it is shared or thrown away.

    One per story: changing the network keeps the text.
    """

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="drafts")
    story = models.ForeignKey("content.Story", on_delete=models.CASCADE, related_name="+")
    network = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    picture = models.ForeignKey(
        "content.Media", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "story"], name="one_draft_per_story")]


class Share(Owned):
    """One member's post of one story on one network. Only confirmed shares count."""

    class Way(models.TextChoices):
        API = "api"
        HAND_OVER = "hand_over"

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="shares")
    story = models.ForeignKey("content.Story", on_delete=models.PROTECT, related_name="shares")
    period = models.ForeignKey(
        "programmes.Period", null=True, blank=True, on_delete=models.PROTECT, related_name="shares"
    )
    network = models.CharField(max_length=20)
    way = models.CharField(max_length=10, choices=Way.choices)
    text = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    picture = models.ForeignKey(
        "content.Media", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    link = models.OneToOneField(
        "links.Link", null=True, blank=True, on_delete=models.PROTECT, related_name="share"
    )
    planned_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    #: Confirmed by the network or by the person; empty means it counts nowhere.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_api = models.BooleanField(null=True, blank=True)
    permalink = models.URLField(max_length=1000, blank=True)
    #: The network's own id, where the address that the person gave tells it.
    remote_id = models.CharField(max_length=300, blank=True)
    #: By hand-over: when the person first took it with them.
    opened_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    #: The person wants it gone from the network; `deleted_at` follows when the network has done so.
    deletion_asked_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # Attributes fixed when the share was made: what the measures and the evaluation ask about.
    own_share = models.FloatField(default=1.0, help_text="metrics.md 4: 1 - matched tokens / tokens")
    own_words = models.BooleanField(default=True)
    disclosed = models.BooleanField(null=True, blank=True)
    shows_person = models.BooleanField(default=False)
    #: Followers of the account at the moment of the share (F_s); unknown stays unknown.
    followers = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(cancelled_at=None), name="confirmed_share_is_not_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by_api=None)
                | Q(confirmed_at__isnull=False, confirmed_by_api__isnull=False),
                name="confirmation_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(own_share__gte=0, own_share__lte=1), name="own_share_is_a_share"
            ),
            models.UniqueConstraint(
                fields=["organisation", "network", "remote_id"],
                condition=~Q(remote_id="") & Q(deleted_at=None),
                name="one_share_for_a_post",
            ),
            models.CheckConstraint(
                condition=~Q(network="practice") | Q(confirmed_at=None, period=None, link=None),
                name="practice_counts_nowhere",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at"], name="share_by_member"),
            models.Index(
                fields=["organisation", "confirmed_at"],
                condition=Q(confirmed_at__isnull=False),
                name="share_confirmed",
            ),
            models.Index(
                fields=["period", "confirmed_at"],
                condition=Q(confirmed_at__isnull=False),
                name="share_in_period",
            ),
            # What a period's totals hold and the board does not count.
            models.Index(fields=["period"], condition=Q(confirmed_at=None), name="share_unconfirmed"),
            models.Index(fields=["period"], condition=Q(deleted_at__isnull=False), name="share_gone"),
        ]


class Delivery(Owned):
    """A share on its way through a network's API. States and moves: sharing.domain.lifecycle (networks.md 4.3)."""

    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="deliveries")
    account = models.ForeignKey("networks.Account", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default="scheduled")
    version = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField()
    #: Waiting, or the next look at an unknown outcome.
    not_before = models.DateTimeField(null=True, blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    reconcile_count = models.PositiveSmallIntegerField(default=0)
    #: Derived from delivery and version, never from the attempt (Bluesky: the rkey).
    dedup_key = models.CharField(max_length=100, blank=True)
    #: The frozen request, exactly as it is sent each time.
    request_body = models.JSONField(null=True, blank=True)
    #: What preparation has stored, so that a repeat continues (uploaded picture, container).
    prepared = models.JSONField(default=dict)
    lease_owner = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    remote_id = models.CharField(max_length=300, blank=True)
    permalink = models.URLField(max_length=1000, blank=True)
    #: For the person: a key of sharing.domain.messages, never the network's raw text.
    problem = models.CharField(max_length=60, blank=True)
    #: The address of a post that the network says is the same. Perhaps this one, perhaps gone: never proof.
    hint = models.URLField(max_length=1000, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["share", "account", "version"], name="delivery_version_once"),
            models.UniqueConstraint(
                fields=["share", "account"],
                condition=Q(state__in=["published", "edited"]),
                name="published_once",
            ),
            models.UniqueConstraint(
                fields=["share", "account"],
                condition=~Q(
                    state__in=["published", "edited", "deleted", "cancelled", "rejected", "abandoned"]
                ),
                name="one_live_delivery",
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(state="sending"), name="one_call_per_account"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending")
                | Q(lease_until__isnull=False, request_body__isnull=False)
                & ~Q(dedup_key="")
                & ~Q(lease_owner=""),
                name="sending_has_lease_and_request",
            ),
        ]
        indexes = [
            # What sharing.dispatch picks from; GREATEST leaves out what is null.
            models.Index(
                Greatest("due_at", "not_before"), "id", condition=Q(state__in=["scheduled", "due", "ready", "waiting"]),
                name="delivery_due",
            ),
            models.Index(
                fields=["account"],
                condition=Q(state__in=["scheduled", "due", "ready", "waiting", "preparing", "sending"]),
                name="delivery_of_account",
            ),
            models.Index(
                fields=["lease_until"], condition=Q(state__in=["sending", "preparing", "reconciling"]),
                name="delivery_leased",
            ),
            models.Index(
                fields=["changed_at"], condition=Q(state__in=["unknown", "ask_person"]), name="delivery_in_doubt"
            ),
        ]  # fmt: skip


class Attempt(Owned):
    """One call to a network: committed before the call, completed once after. The database refuses other changes."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    request_body = models.JSONField()
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=300, blank=True)
    #: The first 2 kB.
    response = models.TextField(blank=True)
    #: What was reserved of the month's budget for it, in millionths (networks.budget).
    price = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_number_once"),
            models.UniqueConstraint(fields=["delivery"], condition=Q(ended_at=None), name="one_open_attempt"),
        ]
