from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.tenancy import Owned


class GoalKind(models.TextChoices):
    RECRUITMENT = "recruitment", _("Recruitment")
    LEADS = "leads", _("Leads")
    BRANDING = "branding", _("Branding")
    OWN = "own", _("Our own goal")


class Programme(Owned):
    name = models.CharField(_("name"), max_length=120)
    goal_kind = models.CharField(_("goal"), max_length=12, choices=GoalKind.choices)
    #: The goal in the organisation's own words; required when the kind is "own".
    goal = models.CharField(_("the goal in your own words"), max_length=300, blank=True)
    created_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(goal_kind="own") | ~Q(goal=""), name="own_goal_is_worded"),
            models.UniqueConstraint(fields=["organisation", "name"], name="programme_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PeriodQuerySet(models.QuerySet["Period"]):
    def running(self, day: object) -> PeriodQuerySet:
        """Open periods that include the day."""
        return self.filter(opened_at__isnull=False, closed_at=None, starts_on__lte=day, ends_on__gte=day)


class Period(Owned):
    """The central object: one stretch of a programme. Draft until opened; closed only with a review."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(_("name"), max_length=120)
    goal = models.CharField(_("goal of this period"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next"
    )
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="period_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False), name="closed_period_was_open"
            ),
            models.UniqueConstraint(fields=["programme", "name"], name="period_name_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(opened_at__isnull=False, closed_at=None),
                name="one_open_period_per_programme",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """draft, open or closed."""
        if self.closed_at:
            return "closed"
        return "open" if self.opened_at else "draft"


class SubGoal(models.Model):
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="sub_goals")
    text = models.CharField(_("sub-goal"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]


class FocusArea(models.Model):
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="focus_areas")
    name = models.CharField(_("focus area"), max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "name"], name="focus_area_once")]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A member's place in a period's team. Leaving keeps the row: history counts those of that day."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="seats")
    taken_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "member"], condition=Q(left_at=None), name="seat_taken_once"
            )
        ]
        indexes = [models.Index(fields=["member", "period"], name="seat_by_member")]


class Duty(models.TextChoices):
    SPONSOR = "sponsor", _("Sponsor")
    CONTENT = "content", _("Content owner")
    RULES = "rules", _("Rule owner")
    KPIS = "kpis", _("KPI owner")


class Owner(models.Model):
    """A named person with one clear duty in a period."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="owners")
    duty = models.CharField(max_length=10, choices=Duty.choices)
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="duties")
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "duty"], name="one_owner_per_duty")]
