from __future__ import annotations

from django.db import models

from genlyd.base.ids import uuid7


class Click(models.Model):
    """One request of a link, exactly as it came. Written by the redirect service with COPY, judged by ingest.

    Append-only and meant to be distributed by organisation: no foreign key leads to it and none leaves it,
    and `organisation_id` is part of its key. Nothing here can name a person: no IP address, and the visitor
    key is a keyed hash whose salt changes daily and is destroyed.
    """

    pk = models.CompositePrimaryKey("organisation_id", "id")
    id = models.UUIDField(default=uuid7)
    organisation_id = models.BigIntegerField()
    link_id = models.BigIntegerField()
    at = models.DateTimeField()
    visitor = models.BinaryField(max_length=16)
    method = models.CharField(max_length=8)
    user_agent = models.CharField(max_length=300)
    referrer_host = models.CharField(max_length=253, blank=True)
    #: The request said it only fetches ahead (Purpose/Sec-Purpose: prefetch, X-Moz: prefetch).
    prefetch = models.BooleanField(default=False)
    #: NULL until ingest has judged it. A name from links.domain.verdict; "human" is the only one that counts.
    verdict = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001
    #: The visitor's first click on this link within the window, among those of its kind (people, or machines).
    is_first = models.BooleanField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation_id", "link_id", "at"], name="click_by_link"),
            models.Index(fields=["organisation_id", "visitor", "at"], name="click_by_visitor"),
            models.Index(fields=["at"], condition=models.Q(verdict=None), name="click_to_judge"),
        ]


class LinkDay(models.Model):
    """What ingest has counted for one link on one UTC day. Distributed like clicks."""

    pk = models.CompositePrimaryKey("organisation_id", "link_id", "day")
    organisation_id = models.BigIntegerField()
    link_id = models.BigIntegerField()
    day = models.DateField()
    #: Every request (C_t).
    clicks = models.PositiveIntegerField(default=0)
    #: First per visitor and 30 minutes, bots included (C_u).
    unique_clicks = models.PositiveIntegerField(default=0)
    #: C_u minus suspected bots (C_h).
    human_clicks = models.PositiveIntegerField(default=0)
    #: Minutes within which a visitor's further clicks were repeats when this day was counted.
    window = models.PositiveSmallIntegerField(default=30)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "day"], name="link_day_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(human_clicks__lte=models.F("unique_clicks"))
                & models.Q(unique_clicks__lte=models.F("clicks")),
                name="link_day_counts_agree",
            )
        ]
