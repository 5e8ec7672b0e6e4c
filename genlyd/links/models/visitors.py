from __future__ import annotations

from django.db import models


class DaySalt(models.Model):
    """The visitor keys' salt of one UTC day. Destroyed when the day is over: see links.domain.visitor."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField(max_length=32)


class OwnVisitor(models.Model):
    """The visitor key that a member's own browser has today: a click on one's own link is set apart.

    Destroyed together with the day's salt; from then on it could name nobody, and nothing needs it.
    """

    distributed = False
    pk = models.CompositePrimaryKey("organisation_id", "visitor")
    organisation_id = models.BigIntegerField()
    visitor = models.BinaryField(max_length=16)
    member_id = models.BigIntegerField()
    day = models.DateField(db_index=True)
