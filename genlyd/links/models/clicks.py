"""A click's way: it arrives, is judged, and stays. All three tables are meant to be distributed by organisation.

No foreign key leads to them and none leaves them, and `organisation_id` is part of every key. Nothing here can name a
person: no IP address, and the visitor key is a keyed hash whose salt changes daily and is destroyed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db import models
from django.db.models.expressions import RawSQL

from genlyd.base.ids import uuid7

_UTC_DAY = "(at AT TIME ZONE 'UTC')::date"
#: Clicks of one day: the day for the index, its bounds for the partitions.
ON_DAY = f"{_UTC_DAY} = %s AND at >= %s AND at < %s"


def on_day(day: date) -> tuple[date, datetime, datetime]:
    """Values for ON_DAY."""
    begin = datetime.combine(day, time(), UTC)
    return day, begin, begin + timedelta(days=1)


class Came(models.Model):
    """What a request of a link was like."""

    distributed = True
    #: Made by the redirect (UUIDv7): however often a click is brought, it is the same click.
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
    #: The visitor asked not to be followed: `visitor` is random, and only the names of the browser are kept.
    private = models.BooleanField(default=False)
    #: ISO 3166, or "" when it is not known or not wanted.
    country = models.CharField(max_length=2, blank=True)
    #: The address lies in a data centre, according to the operator's file.
    datacentre = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Arrival(Came):
    """A click that waits to be judged. The redirect COPYs here and nowhere else; ingest takes it away."""

    pk = models.CompositePrimaryKey("organisation_id", "id")


class Click(Came):
    """A click that was judged and is in the sums: by month, and kept as long as GENLYD_CLICKS_KEPT_MONTHS says.

    Django only knows the table; the migration makes it, partitioned (links/partitions.py).
    """

    pk = models.CompositePrimaryKey("organisation_id", "id", "at")
    #: A name from links.domain.verdict; "human" is the only one that counts.
    verdict = models.CharField(max_length=20)
    #: The visitor's first click on this link within the window, among those of its kind (people, or machines).
    is_first = models.BooleanField()
    #: The first human click of this visitor on this link this UTC day.
    first_today = models.BooleanField()
    #: Version of the rules that judged it.
    rules = models.PositiveSmallIntegerField()
    #: The Batch that counted it.
    batch_id = models.UUIDField()

    class Meta:
        # A visitor's key lasts a day: with the day before it, a day's new entries lie on few pages side by side.
        indexes = [
            models.Index("organisation_id", RawSQL(_UTC_DAY, ()), "visitor", "at", name="click_by_day")  # noqa: S611
        ]


class Batch(models.Model):
    """One transaction of ingest: so many clicks went from arrivals into the sums, all of them or none."""

    distributed = True
    pk = models.CompositePrimaryKey("organisation_id", "id")
    id = models.UUIDField(default=uuid7)
    organisation_id = models.BigIntegerField()
    counted_at = models.DateTimeField()
    clicks = models.PositiveIntegerField()
    oldest_at = models.DateTimeField()
    newest_at = models.DateTimeField()
    rules = models.PositiveSmallIntegerField()
