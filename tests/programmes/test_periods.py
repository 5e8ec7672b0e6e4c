from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404

from genlyd.base.errors import Refused
from genlyd.base.models import AuditEntry
from genlyd.programmes import actions
from genlyd.programmes.access import period_for, programme_for
from genlyd.programmes.models import Owner, Period, Seat
from genlyd.programmes.queries import team_count
from tests.world import World, today_there

DAY = today_there()


def a_draft(world: World, **given: object) -> Period:
    values: dict[str, object] = {
        "name": "Next", "starts_on": DAY, "ends_on": DAY + timedelta(days=90), "goal": "Forty technicians", **given
    }  # fmt: skip
    return actions.draft_period(world.programme, by=world.lene, **values)  # type: ignore[arg-type]


def test_own_goal_needs_words(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        actions.create_programme(name="Something", goal_kind="own", by=world.lene)
    assert refusal.value.field == "goal"


def test_programme_name_once_per_organisation(world: World) -> None:
    with pytest.raises(Refused):
        actions.create_programme(name=world.programme.name, goal_kind="leads", by=world.lene)
    assert actions.create_programme(name=world.programme.name, goal_kind="leads", by=world.oda).pk


def test_draft_period_keeps_focus_areas_when_changed(world: World) -> None:
    period = a_draft(world, focus_areas=["Culture", "Jobs"], sub_goals=["a", "a", "b"])
    culture = period.focus_areas.get(name="Culture").pk
    actions.change_period(
        period,
        name="Next",
        starts_on=DAY,
        ends_on=DAY,
        goal="x",
        focus_areas=["CSR", "Culture"],
        by=world.lene,
    )
    assert set(period.focus_areas.values_list("name", flat=True)) == {"CSR", "Culture"}
    assert period.focus_areas.get(name="Culture").pk == culture
    assert period.sub_goals.count() == 0


def test_open_period_is_refused_without_goal_team_or_days(world: World) -> None:
    Period.objects.filter(pk=world.period.pk).update(closed_at=world.period.opened_at)
    without_goal = a_draft(world, name="1", goal="")
    without_team = a_draft(world, name="2")
    over = a_draft(world, name="3", starts_on=DAY - timedelta(days=9), ends_on=DAY - timedelta(days=2))
    actions.add_members(over, members=[world.pia], by=world.lene)
    for period in (without_goal, without_team, over):
        with pytest.raises(Refused):
            actions.open_period(period, by=world.lene)


def test_open_period_is_refused_while_another_is_open(world: World) -> None:
    draft = a_draft(world)
    actions.add_members(draft, members=[world.pia], by=world.lene)
    with pytest.raises(Refused, match="still open"):
        actions.open_period(draft, by=world.lene)
    actions.close_period(world.period, by=world.lene, review_finished=True)
    opened = actions.open_period(draft, by=world.lene)
    assert (opened.state, opened.opened_by) == ("open", world.lene)
    assert AuditEntry.objects.filter(verb="opened period", actor=world.lene).count() == 1


def test_close_period_only_with_a_review(world: World) -> None:
    with pytest.raises(Refused, match="review"):
        actions.close_period(world.period, by=world.lene, review_finished=False)
    with pytest.raises(Refused, match="draft"):
        actions.close_period(a_draft(world), by=world.lene, review_finished=True)
    assert actions.close_period(world.period, by=world.lene, review_finished=True).state == "closed"


def test_a_closed_period_stays_as_it_was(world: World) -> None:
    period = actions.close_period(world.period, by=world.lene, review_finished=True)
    seat = Seat.objects.select_related("period").filter(period=period).first()
    assert seat is not None
    for deed in (
        lambda: actions.change_period(period, name="x", starts_on=DAY, ends_on=DAY, by=world.lene),
        lambda: actions.add_members(period, members=[world.alma], by=world.lene),
        lambda: actions.add_team(period, team=world.wind, by=world.lene),
        lambda: actions.leave_seat(seat, by=world.lene),
        lambda: actions.name_owner(period, duty="kpis", member=world.lene, by=world.lene),
        lambda: actions.delete_draft(period, by=world.lene),
    ):
        with pytest.raises(Refused):
            deed()


def test_delete_draft(world: World) -> None:
    draft = a_draft(world)
    actions.delete_draft(draft, by=world.lene)
    assert Period.objects.filter(name="Next").count() == 0


def test_add_team_takes_everybody_below_and_nobody_twice(world: World) -> None:
    from genlyd.people.models import Team
    from tests.world import a_member

    offshore = Team.objects.create(
        organisation=world.fjordkraft, kind="department", name="Offshore", parent=world.wind
    )
    a_member(world.fjordkraft, "Otto", department=offshore)
    assert actions.add_team(world.period, team=world.wind, by=world.lene) == 1
    assert actions.add_team(world.period, team=world.wind, by=world.lene) == 0
    assert team_count(world.period).seats == 3


def test_add_members_leaves_other_organisations_out(world: World) -> None:
    assert actions.add_members(world.period, members=[world.oda, world.pia, world.erik], by=world.lene) == 1


def test_leave_and_restore_a_seat(world: World) -> None:
    seat = Seat.objects.select_related("period").get(member=world.pia)
    actions.leave_seat(seat, by=world.lene)
    assert team_count(world.period).seats == 1
    actions.restore_seat(seat, by=world.lene)
    assert team_count(world.period).seats == 2


def test_restore_a_seat_that_was_given_again(world: World) -> None:
    seat = Seat.objects.select_related("period").get(member=world.pia)
    actions.leave_seat(seat, by=world.lene)
    actions.add_members(world.period, members=[world.pia], by=world.lene)
    actions.restore_seat(seat, by=world.lene)
    assert Seat.objects.filter(member=world.pia, left_at=None).count() == 1


def test_not_yet_agreed_is_a_number(world: World) -> None:
    world.pia.consents.update(withdrawn_at=world.period.opened_at + timedelta(days=365))
    assert team_count(world.period).not_yet_agreed == 1


def test_naming_another_owner_replaces_the_first(world: World) -> None:
    for member in (world.pia, world.poul):
        actions.name_owner(world.period, duty="kpis", member=member, by=world.lene)
    assert Owner.objects.get(period=world.period, duty="kpis").member == world.poul
    actions.release_owner(world.period, duty="kpis", by=world.lene)
    assert not Owner.objects.filter(period=world.period).exists()


def test_owner_must_work_here(world: World) -> None:
    with pytest.raises(Refused):
        actions.name_owner(world.period, duty="kpis", member=world.oda, by=world.lene)


def test_draft_next_period_carries_over_and_is_made_once(world: World) -> None:
    actions.name_owner(world.period, duty="sponsor", member=world.alma, by=world.lene)
    actions.change_period(
        world.period, name="This quarter", starts_on=world.period.starts_on, ends_on=world.period.ends_on,
        goal="Forty", focus_areas=["Culture"], by=world.lene,
    )  # fmt: skip
    made = actions.draft_next_period(world.period, name="This quarter", by=world.lene)
    assert actions.draft_next_period(world.period, name="Again", by=world.lene) == made
    assert (made.name, made.state, made.goal, made.previous) == (
        "This quarter (2)",
        "draft",
        "Forty",
        world.period,
    )
    assert made.starts_on == world.period.ends_on + timedelta(days=1)
    assert made.seats.count() == 2
    assert made.owners.get().member == world.alma
    assert made.focus_areas.get().name == "Culture"


def test_period_for_who_may_see_it(world: World) -> None:
    for member in (world.lene, world.alma, world.pia):
        assert period_for(member, world.period.pk) == world.period
    for member in (world.erik, world.oda):
        with pytest.raises(Http404):
            period_for(member, world.period.pk)
    actions.name_owner(world.period, duty="content", member=world.erik, by=world.lene)
    assert period_for(world.erik, world.period.pk) == world.period


def test_programme_for_leads_only(world: World) -> None:
    assert programme_for(world.alma, world.programme.pk) == world.programme
    for member in (world.pia, world.oda):
        with pytest.raises(Http404):
            programme_for(member, world.programme.pk)


def test_who_leaves_gives_up_seats_and_duties(world: World) -> None:
    from django.utils import timezone

    from genlyd.people.facts import MemberLeft
    from genlyd.programmes.queries import duties_of
    from genlyd.programmes.reactions import free_seats

    actions.name_owner(world.period, duty="kpis", member=world.pia, by=world.lene)
    world.pia.left_at = timezone.now()
    world.pia.save()
    for _ in range(2):
        free_seats(MemberLeft(member_id=world.pia.pk))
    assert team_count(world.period).seats == 1
    assert Seat.objects.filter(member=world.pia).count() == 1
    assert all(named.member is None for named in duties_of(world.period))
