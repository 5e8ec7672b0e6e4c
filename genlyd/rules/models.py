from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.tenancy import Owned


class Guideline(Owned):
    """One version of the organisation's guideline text (Markdown). Published versions never change."""

    version = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    #: What changed since the version before, in a sentence for those who acknowledge again.
    change = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="guideline_version_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(published_at=None), name="one_guideline_draft"
            ),
        ]


class Acknowledgement(Owned):
    """A member has read this version."""

    guideline = models.ForeignKey(Guideline, on_delete=models.PROTECT, related_name="acknowledgements")
    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="acknowledgements")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guideline", "member"], name="acknowledged_once")]


class RuleKind(models.TextChoices):
    PHRASES = "phrases", _("Blocked words and phrases")
    FREQUENCY = "frequency", _("How often")
    QUIET_HOURS = "quiet_hours", _("Quiet hours")
    DISCLOSURE = "disclosure", _("Say where you work")
    OWN_WORDS = "own_words", _("Own words")


class BlockGround(models.TextChoices):
    LAW = "law", _("The law demands it")
    SECRECY = "secrecy", _("It would give away a secret")
    DECISION = "decision", _("We have decided so")


class Rule(Owned):
    """A rule the machine checks while somebody writes. Its reason is shown with every finding."""

    kind = models.CharField(max_length=12, choices=RuleKind.choices)
    #: What the check needs, shape per kind: typed in rules.domain.settings.
    settings = models.JSONField(default=dict)
    reason = models.TextField(_("why this rule exists"))
    good_example = models.TextField(_("a good example"), blank=True)
    bad_example = models.TextField(_("a bad example"), blank=True)
    #: Warn by default; block only where law or secrecy demands it or the organisation has decided so.
    blocks = models.BooleanField(_("block instead of warn"), default=False)
    block_ground = models.CharField(
        _("why it blocks"), max_length=10, choices=BlockGround.choices, blank=True
    )
    active = models.BooleanField(_("in force"), default=True)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind"], name="one_rule_per_kind"),
            models.CheckConstraint(
                condition=Q(blocks=False) | ~Q(block_ground=""), name="block_has_a_ground"
            ),
        ]
