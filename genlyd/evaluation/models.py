from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from genlyd.base.tenancy import Owned


class Review(Owned):
    """How a period ends: answers from data, decisions by people. One per period."""

    period = models.OneToOneField("programmes.Period", on_delete=models.PROTECT, related_name="review")
    started_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)


class Answer(Owned):
    """What the data say to one question. Inputs and method are kept: it can be recomputed a year later."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="answers")
    #: A key of evaluation.domain.questions.
    question = models.CharField(max_length=40)
    inputs = models.JSONField()
    result = models.JSONField()
    method_version = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "question"], name="question_answered_once")]


class Decision(Owned):
    class Verb(models.TextChoices):
        KEEP = "keep", pgettext_lazy("decision", "Keep")
        STOP = "stop", pgettext_lazy("decision", "Stop")
        CHANGE = "change", pgettext_lazy("decision", "Change")
        TEST = "test", pgettext_lazy("decision", "Test again")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    verb = models.CharField(max_length=8, choices=Verb.choices)
    subject = models.CharField(_("what"), max_length=200)
    note = models.TextField(_("why, or how"), blank=True)
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    decided_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    #: The period whose plan it was carried over to.
    carried_to = models.ForeignKey(
        "programmes.Period",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="carried_decisions",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(subject=""), name="decision_says_about_what")]
