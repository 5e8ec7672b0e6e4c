from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.people.models import Member
from genlyd.programmes.models import GoalKind, Programme


@transaction.atomic
def create_programme(*, name: str, goal_kind: str, goal: str = "", by: Member) -> Programme:
    programme = Programme(organisation=by.organisation, created_by=by)
    _fill(programme, name, goal_kind, goal)
    audit.note(by.organisation, by, "created programme", programme.name)
    return programme


@transaction.atomic
def change_programme(
    programme: Programme, *, name: str, goal_kind: str, goal: str = "", by: Member
) -> Programme:
    _fill(programme, name, goal_kind, goal)
    audit.note(by.organisation, by, "changed programme", programme.name)
    return programme


def _fill(programme: Programme, name: str, goal_kind: str, goal: str) -> None:
    if goal_kind == GoalKind.OWN and not goal.strip():
        raise Refused(_("Say your goal in a sentence."), field="goal")
    programme.name, programme.goal_kind, programme.goal = name.strip(), goal_kind, goal.strip()
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise Refused(_("You already have a programme of that name."), field="name") from error
