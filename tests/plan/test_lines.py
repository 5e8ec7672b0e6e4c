from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from genlyd.base.errors import Refused
from genlyd.notifications.models import Mail
from genlyd.plan import actions
from genlyd.plan.models import PlanLine
from genlyd.programmes.actions import close_period
from tests.world import World

DAY = date(2026, 3, 4)
#: Eight o'clock in Copenhagen.
MORNING = datetime(2026, 3, 3, 7, 10, tzinfo=UTC)


def a_line(world: World, **given: object) -> PlanLine:
    values: dict[str, object] = {"title": "The mast", "due_on": DAY, "responsible": world.pia, **given}
    return actions.add_line(world.period, by=world.erik, **values)  # type: ignore[arg-type]


def test_remind_the_day_before_once(world: World) -> None:
    a_line(world)
    assert actions.remind(MORNING) == 1
    assert actions.remind(MORNING + timedelta(hours=1)) == 0
    mail = Mail.objects.get()
    assert (mail.member, mail.subject) == (world.pia, "Tomorrow: The mast")
    assert "/plan/" in mail.text


def test_remind_once_when_late(world: World) -> None:
    a_line(world)
    assert actions.remind(MORNING + timedelta(days=2)) == 1
    assert actions.remind(MORNING + timedelta(days=3)) == 0
    assert Mail.objects.get().subject == "Past its day: The mast"


def test_remind_only_in_the_morning_where_people_are(world: World) -> None:
    a_line(world)
    assert actions.remind(MORNING.replace(hour=3)) == 0
    assert actions.remind(MORNING.replace(hour=14)) == 0


def test_remind_nobody_about_what_is_done_or_closed_or_nobodys(world: World) -> None:
    actions.finish_line(a_line(world), by=world.pia)
    a_line(world, title="Nobody's", responsible=None)
    assert actions.remind(MORNING) == 0
    a_line(world, title="Closed")
    close_period(world.period, by=world.lene, review_finished=True)
    assert actions.remind(MORNING) == 0


def test_a_new_deadline_is_reminded_anew(world: World) -> None:
    line = a_line(world)
    actions.remind(MORNING)
    line.refresh_from_db()
    actions.change_line(
        line, title="The mast", due_on=DAY + timedelta(days=7), responsible=world.pia, by=world.erik
    )
    assert actions.remind(MORNING + timedelta(days=7)) == 1


def test_delete_and_bring_back(world: World) -> None:
    kept = actions.delete_line(a_line(world, note="Bring gloves"), by=world.erik)
    assert not PlanLine.objects.exists()
    line = actions.bring_back(kept, by=world.erik)
    assert (line.title, line.due_on, line.responsible, line.note) == (
        "The mast",
        DAY,
        world.pia,
        "Bring gloves",
    )


def test_bring_back_refuses_forged_and_foreign(world: World) -> None:
    kept = actions.delete_line(a_line(world), by=world.erik)
    for by, text in ((world.oda, kept), (world.erik, kept + "x"), (world.erik, "")):
        with pytest.raises(Refused):
            actions.bring_back(text, by=by)


def test_lines_stay_inside_the_house_and_the_period(world: World) -> None:
    with pytest.raises(Refused):
        a_line(world, responsible=world.oda)
    world.period = close_period(world.period, by=world.lene, review_finished=True)
    with pytest.raises(Refused):
        a_line(world)


def test_finish_and_reopen(world: World) -> None:
    line = a_line(world)
    actions.finish_line(line, by=world.pia)
    line.refresh_from_db()
    assert line.done_by == world.pia
    actions.reopen_line(line, by=world.pia)
    line.refresh_from_db()
    assert line.done_at is None
