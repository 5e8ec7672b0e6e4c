from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.sorting import sorted_as
from genlyd.base.tenancy import Owned


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=5, choices=[("da", _("Danish")), ("en", _("English"))], default="da"
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Copenhagen")
    #: Domains whose addresses may join by link, lower case, without @.
    email_domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, blank=True, help_text="#rrggbb")
    logo = models.FileField(upload_to="logos/", blank=True)
    website = models.URLField(_("website"), blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class TeamKind(models.TextChoices):
    DEPARTMENT = "department", _("Department")
    LOCATION = "location", _("Location")


class Team(Owned):
    """A department or a location; the two trees are separate."""

    kind = models.CharField(max_length=12, choices=TeamKind.choices)
    name = models.CharField(_("name"), max_length=120)
    sort_name = sorted_as("name")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "parent", "name"], name="team_name_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="team_not_its_own_parent"),
        ]
        indexes = [models.Index(fields=["organisation", "sort_name"], name="team_by_name")]

    def __str__(self) -> str:
        return self.name
