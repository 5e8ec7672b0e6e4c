from __future__ import annotations

from django.db import transaction

from genlyd.base import audit, clock
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine


@transaction.atomic
def finish_line(line: PlanLine, *, by: Member) -> None:
    if PlanLine.objects.filter(pk=line.pk, done_at=None).update(done_at=clock.now(), done_by=by):
        audit.note(by.organisation, by, "finished plan line", line.title)


@transaction.atomic
def reopen_line(line: PlanLine, *, by: Member) -> None:
    """Undo: it was not done after all."""
    if PlanLine.objects.filter(pk=line.pk).exclude(done_at=None).update(done_at=None, done_by=None):
        audit.note(by.organisation, by, "reopened plan line", line.title)
