"""What each kind of goal means for the team: shown where one chooses it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.programmes.models import GoalKind


@dataclass(frozen=True)
class Goal:
    kind: str
    icon: str
    label: str | Promise
    meaning: str | Promise
    #: Who belongs in the team, in one sentence.
    team: str | Promise


GOALS: dict[str, Goal] = {
    GoalKind.RECRUITMENT: Goal(
        GoalKind.RECRUITMENT,
        "user-plus",
        GoalKind.RECRUITMENT.label,
        _("People apply where somebody they trust likes to work."),
        _("Ask those who do the work the jobs are about, one or two who hire, and somebody who is new."),
    ),
    GoalKind.LEADS: Goal(
        GoalKind.LEADS,
        "compass",
        GoalKind.LEADS.label,
        _("Customers listen to those who know the subject."),
        _("Ask experts and advisers, sales, and those who meet customers every day."),
    ),
    GoalKind.BRANDING: Goal(
        GoalKind.BRANDING,
        "megaphone",
        GoalKind.BRANDING.label,
        _("An organisation becomes known through the people in it."),
        _("Ask people from all over the house, of many kinds, and at least one from the management."),
    ),
    GoalKind.OWN: Goal(
        GoalKind.OWN,
        "pen-line",
        GoalKind.OWN.label,
        _("Something else: say it in a sentence."),
        _("Ask those who see it happen, and those who have something to tell about it."),
    ),
}
