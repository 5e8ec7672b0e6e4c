"""What ingest has counted. Pages read these and never scan clicks. Distributed by organisation, like clicks."""

from __future__ import annotations

from django.db import models


class Counts(models.Model):
    distributed = True
    organisation_id = models.BigIntegerField()
    #: Every request (C_t).
    clicks = models.IntegerField(default=0)
    #: First per visitor and 30 minutes, bots included (C_u).
    unique_clicks = models.IntegerField(default=0)
    #: C_u minus suspected bots (C_h).
    human_clicks = models.IntegerField(default=0)
    #: Different human visitors of a UTC day; over more days the sum of the days, as nobody is known again tomorrow.
    visitors = models.IntegerField(default=0)

    class Meta:
        abstract = True
        # One check says that none is below nought: rows are checked with every click.
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visitors__gte=0, visitors__lte=models.F("human_clicks"))
                & models.Q(human_clicks__lte=models.F("unique_clicks"))
                & models.Q(unique_clicks__lte=models.F("clicks")),
                name="%(class)s_counts_agree",
            )
        ]


class LinkDay(Counts):
    """One link, one UTC day."""

    pk = models.CompositePrimaryKey("organisation_id", "link_id", "day")
    link_id = models.BigIntegerField()
    day = models.DateField()
    #: Minutes within which a visitor's further clicks were repeats when this day was counted.
    window = models.PositiveSmallIntegerField(default=30)


class DayTotal(Counts):
    """All links of one purpose and network, one UTC day. A visitor of two of them is one visitor."""

    pk = models.CompositePrimaryKey("organisation_id", "day", "campaign_id", "network")
    day = models.DateField()
    #: `Link.campaign`; 0: none.
    campaign_id = models.BigIntegerField(default=0)
    network = models.CharField(max_length=20, blank=True)


class MemberTotal(Counts):
    """All links of one member, over a stretch of time or a campaign.

    Only by key: an index by rank would be written with every click, three times (docs/decisions/0012).
    """

    pk = models.CompositePrimaryKey("organisation_id", "span", "member_id")
    #: "2026-11" (month), "2026-W48" (ISO week), "c17" (campaign 17).
    span = models.CharField(max_length=24)
    member_id = models.BigIntegerField()


class CountryDay(models.Model):
    """Human clicks (C_h) of one country, one UTC day."""

    distributed = True
    pk = models.CompositePrimaryKey("organisation_id", "day", "country")
    organisation_id = models.BigIntegerField()
    day = models.DateField()
    country = models.CharField(max_length=2)
    human_clicks = models.PositiveIntegerField(default=0)
