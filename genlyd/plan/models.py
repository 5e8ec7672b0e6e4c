from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.tenancy import Owned


class PlanLine(Owned):
    """Something to be told in a period: who sees to it, and by when."""

    period = models.ForeignKey("programmes.Period", on_delete=models.CASCADE, related_name="plan_lines")
    title = models.CharField(_("what"), max_length=200)
    focus_area = models.ForeignKey(
        "programmes.FocusArea", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("focus area"),
    )  # fmt: skip
    story = models.ForeignKey(
        "content.Story", null=True, blank=True, on_delete=models.SET_NULL, related_name="plan_lines"
    )
    network = models.CharField(max_length=20, blank=True)
    responsible = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="plan_lines",
        verbose_name=_("responsible"),
    )  # fmt: skip
    due_on = models.DateField(_("deadline"))
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")

    #: The mails that have gone to the responsible person; a new deadline or person begins anew.
    reminded_at = models.DateTimeField(null=True, blank=True)
    late_reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="plan_line_by_day"),
            models.Index(fields=["period", "due_on"], name="plan_line_of_period"),
            models.Index(fields=["due_on"], condition=models.Q(done_at=None), name="plan_line_to_do"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="plan_line_says_what"),
        ]

    def __str__(self) -> str:
        return self.title
