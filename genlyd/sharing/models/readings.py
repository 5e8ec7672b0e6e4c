"""What networks and people say became of posts, and when each post is looked at next."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from genlyd.base.tenancy import Owned
from genlyd.networks.domain.figures import Metric


class Quality(models.TextChoices):
    #: The network's own interface said so.
    MEASURED = "measured"
    #: A person typed it in, or brought a file.
    REPORTED = "reported"
    ESTIMATED = "estimated"


class PostReading(models.Model):
    """One figure of one post, and how long it was what was known: from `read_at` until `until` (NULL: still).

    A new value closes the row before it and is a row of its own; the same value again only moves `seen_at`. So the
    newest figure is one look-up, every earlier one stays, and a figure nobody gave has no row: missing is never 0.
    Meant to be distributed by organisation, like clicks.
    """

    distributed = False
    pk = models.CompositePrimaryKey("organisation_id", "share_id", "metric", "read_at")
    organisation_id = models.BigIntegerField()
    share_id = models.BigIntegerField()
    metric = models.CharField(max_length=16, choices=[(metric.value, metric.value) for metric in Metric])
    value = models.PositiveIntegerField()
    quality = models.CharField(max_length=10, choices=Quality.choices)
    #: "network", "typed", or the name of what was imported.
    source = models.CharField(max_length=20)
    read_at = models.DateTimeField()
    #: When it was last found to be so.
    seen_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "share_id", "metric"],
                condition=Q(until=None),
                name="newest_figure_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="figure_is_not_negative"),
            models.CheckConstraint(condition=Q(seen_at__gte=F("read_at")), name="figure_seen_once_read"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("seen_at")), name="figure_ends_after_it_was_seen"
            ),
        ]


class PostWatch(Owned):
    """A published post that is still looked at. The row goes when the schedule is over: see domain.reading_times."""

    delivery = models.OneToOneField(
        "sharing.Delivery", on_delete=models.CASCADE, related_name="watch", primary_key=True
    )
    #: The lane it is read in: one network, and one server where a network has many.
    network = models.CharField(max_length=20)
    server = models.URLField(blank=True)
    published_at = models.DateTimeField()
    next_at = models.DateTimeField()
    #: Looks in a row that brought nothing.
    failures = models.PositiveSmallIntegerField(default=0)
    #: The network said that the post is gone; a second look a day later decides.
    gone_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "network", "server", "next_at"], name="watch_due_in_lane"),
            models.Index(fields=["next_at"], name="watch_due"),
        ]


class ReadingLane(Owned):
    """A network (or one of its servers) that has not answered: it is left alone for a while, and no other with it."""

    network = models.CharField(max_length=20)
    server = models.URLField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "network", "server"], name="reading_lane_once")
        ]
