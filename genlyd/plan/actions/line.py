from __future__ import annotations

from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.content.models import Story
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine
from genlyd.programmes.models import FocusArea, Period

SALT = "plan.deleted"
#: How long a deleted line can be brought back.
UNDO_SECONDS = 3600


def _still_open(period: Period) -> None:
    if period.closed_at:
        raise Refused(_("This period is closed: it stays as it was."))


@transaction.atomic
def add_line(
    period: Period,
    *,
    title: str,
    due_on: date,
    focus_area: FocusArea | None = None,
    story: Story | None = None,
    network: str = "",
    responsible: Member | None = None,
    note: str = "",
    by: Member,
) -> PlanLine:
    _still_open(period)
    _same_house(period, focus_area, story, responsible)
    line = PlanLine.objects.create(
        organisation_id=period.organisation_id, period=period, title=title.strip(), due_on=due_on,
        focus_area=focus_area, story=story, network=network, responsible=responsible, note=note.strip(),
    )  # fmt: skip
    audit.note(by.organisation, by, "planned", line.title)
    return line


@transaction.atomic
def change_line(line: PlanLine, *, by: Member, **values: Any) -> PlanLine:
    """`values` as for add_line. A new deadline or a new person is reminded anew."""
    _still_open(line.period)
    _same_house(line.period, values.get("focus_area"), values.get("story"), values.get("responsible"))
    anew = (line.due_on, line.responsible) != (values["due_on"], values.get("responsible"))
    for name, value in values.items():
        setattr(line, name, value.strip() if isinstance(value, str) else value)
    if anew:
        line.reminded_at = line.late_reminded_at = None
    line.save()
    audit.note(by.organisation, by, "changed plan line", line.title)
    return line


@transaction.atomic
def delete_line(line: PlanLine, *, by: Member) -> str:
    """Returns what `bring_back` needs to undo it."""
    _still_open(line.period)
    kept = {
        "period": line.period_id, "title": line.title, "due_on": line.due_on.isoformat(), "network": line.network,
        "focus_area": line.focus_area_id, "story": line.story_id, "responsible": line.responsible_id, "note": line.note,
    }  # fmt: skip
    audit.note(by.organisation, by, "deleted plan line", line.title)
    line.delete()
    return signing.dumps(kept, salt=SALT, compress=True)


@transaction.atomic
def bring_back(kept: str, *, by: Member) -> PlanLine:
    """Undo a deletion of the last hour. What the line pointed at may be gone meanwhile; then it points at nothing."""
    too_late = Refused(_("It is too late to bring it back."), next_step=_("Write the line again."))
    try:
        values = signing.loads(kept, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise too_late from error
    house = by.organisation_id
    period = Period.objects.filter(organisation_id=house, pk=values["period"]).first()
    if period is None:
        raise too_late
    return add_line(
        period,
        title=values["title"],
        due_on=date.fromisoformat(values["due_on"]),
        network=values["network"],
        note=values["note"],
        focus_area=FocusArea.objects.filter(period=period, pk=values["focus_area"]).first(),
        story=Story.objects.filter(organisation_id=house, pk=values["story"]).first(),
        responsible=Member.objects.current().filter(organisation_id=house, pk=values["responsible"]).first(),
        by=by,
    )


def _same_house(
    period: Period, focus_area: FocusArea | None, story: Story | None, responsible: Member | None
) -> None:
    if focus_area and focus_area.period_id != period.pk:
        raise Refused(_("That focus area belongs to another period."), field="focus_area")
    if any(thing and thing.organisation_id != period.organisation_id for thing in (story, responsible)):
        raise Refused(_("That belongs to another organisation."))
