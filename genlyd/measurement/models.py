from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from genlyd.base.tenancy import Owned
from genlyd.sharing.models.readings import Quality


class Kpi(Owned):
    """One of at most five measures of a period, with its target and its one named owner."""

    period = models.ForeignKey("programmes.Period", on_delete=models.CASCADE, related_name="kpis")
    #: A key of measurement.domain.dictionary.
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    baseline = models.FloatField(null=True, blank=True)
    target = models.FloatField()
    owner = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="kpis")
    #: The weekday on which the owner is asked to share it with the team (0 = Monday).
    share_weekday = models.PositiveSmallIntegerField(default=0)
    #: The day on which the owner was last asked: nobody is asked twice, however often the job runs.
    asked_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["period", "key"], name="kpi_once_per_period"),
            models.UniqueConstraint(fields=["period", "position"], name="kpi_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=5), name="five_kpis_at_most"),
            models.CheckConstraint(condition=Q(share_weekday__lte=6), name="kpi_weekday_is_one"),
        ]


class Reading(models.Model):
    """A KPI's value at the end of a day, with its raw counts. A missing value is a missing row or NULL, never 0.

    Meant to be distributed by organisation, like clicks.
    """

    distributed = False
    pk = models.CompositePrimaryKey("organisation_id", "kpi_id", "day")
    organisation_id = models.BigIntegerField()
    kpi_id = models.BigIntegerField()
    day = models.DateField()
    value = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    quality = models.CharField(max_length=10, choices=Quality.choices)
    #: Of how many shares its figures are known, and of how many there are; NULL where every share counts anyway.
    known = models.PositiveIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    method_version = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(default=timezone.now)


class TeamUpdate(Owned):
    """A KPI shared with the team: the figure as it stood, and one sentence by its owner."""

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="updates")
    by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    sentence = models.CharField(max_length=500)
    value = models.FloatField(null=True, blank=True)
    quality = models.CharField(max_length=10, choices=Quality.choices)
    at = models.DateTimeField(default=timezone.now)
    recipients = models.PositiveIntegerField(default=0)
    #: The last seat that was mailed; moves on in the same transaction as the mails it stands for.
    mailed_up_to = models.BigIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(condition=~Q(sentence=""), name="update_says_something")]
