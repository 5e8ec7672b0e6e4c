from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from genlyd.notifications.actions import notify
from genlyd.people.models import Organisation
from genlyd.plan.domain.deadlines import Reminder, reminder
from genlyd.plan.models import PlanLine
from genlyd.plan.notices import deadline_notice

#: Local hours in which reminders go out. Several, so that a worker that was away at seven still sends them.
HOURS = range(7, 12)
COLUMN: dict[Reminder, str] = {"tomorrow": "reminded_at", "late": "late_reminded_at"}


def remind(now: datetime) -> int:
    """Mail those responsible for lines due tomorrow or just passed, once each. Returns how many."""
    zones = Organisation.objects.order_by().values_list("time_zone", flat=True).distinct()
    local = {zone: now.astimezone(ZoneInfo(zone)) for zone in zones}
    return sum(_remind_zone(zone, there.date(), now) for zone, there in local.items() if there.hour in HOURS)


def _remind_zone(zone: str, today: date, now: datetime) -> int:
    lines = (
        PlanLine.objects.filter(
            Q(due_on=today + timedelta(days=1), reminded_at=None)
            | Q(due_on__lt=today, due_on__gte=today - timedelta(days=30), late_reminded_at=None),
            organisation__time_zone=zone,
            done_at=None,
            responsible__isnull=False,
            responsible__left_at=None,
            period__opened_at__isnull=False,
            period__closed_at=None,
        )
        .select_related("period", "responsible__user", "responsible__organisation", "story")
        .order_by("pk")
    )
    sent = 0
    for line in lines.iterator(chunk_size=500):
        kind = reminder(
            line.due_on, today, reminded=bool(line.reminded_at), late_reminded=bool(line.late_reminded_at)
        )
        if kind and _send(line, kind, now):
            sent += 1
    return sent


@transaction.atomic
def _send(line: PlanLine, kind: Reminder, now: datetime) -> bool:
    # Whoever marks the row sends the mail; a second worker finds it marked.
    claimed = PlanLine.objects.filter(pk=line.pk, done_at=None, **{COLUMN[kind]: None}).update(
        **{COLUMN[kind]: now}
    )
    if not claimed or line.responsible is None:
        return False
    return notify(line.responsible, deadline_notice(line, kind)) is not None
