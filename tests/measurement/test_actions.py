from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from genlyd.base.errors import Refused
from genlyd.links.facts import DaysRecounted
from genlyd.links.models import DayTotal, LinkDay
from genlyd.measurement import actions, reactions, tasks
from genlyd.measurement.models import Kpi, Reading, TeamUpdate
from genlyd.measurement.views.export import _plain
from genlyd.notifications.models import Mail
from genlyd.programmes.models import Duty, Owner
from genlyd.sharing.facts import ShareConfirmed
from tests.measurement.makers import a_kpi, a_share, a_story, colleagues
from tests.world import World, today_there

TODAY = today_there()


def test_reading_is_kept_once_a_day_and_overwritten(world: World) -> None:
    kpi, story = a_kpi(world.period), a_story(world)
    a_share(world.pia, story, visits=3)
    actions.take_readings(period=world.period, day=TODAY)
    a_share(world.poul, story, visits=4)
    actions.take_readings(period=world.period, day=TODAY)
    reading = Reading.objects.get(kpi_id=kpi.pk)
    assert (reading.value, reading.numerator, reading.denominator, reading.quality) == (
        7,
        7,
        None,
        "measured",
    )


def test_missing_reading_is_stored_as_missing(world: World) -> None:
    a_kpi(world.period, "clicks_per_share")
    actions.take_readings(period=world.period, day=TODAY)
    assert Reading.objects.get().value is None


def test_days_before_the_period_have_no_reading(world: World) -> None:
    a_kpi(world.period)
    assert actions.take_readings(period=world.period, day=world.period.starts_on - timedelta(days=1)) == 0


def test_history_is_filled_once(world: World) -> None:
    kpi = a_kpi(world.period)
    a_share(world.pia, a_story(world), days_ago=10, visits=3)
    assert actions.fill_history(period=world.period) == 31
    assert actions.fill_history(period=world.period) == 0
    values = dict(Reading.objects.filter(kpi_id=kpi.pk).values_list("day", "value"))
    assert (values[TODAY - timedelta(days=12)], values[TODAY - timedelta(days=8)]) == (0, 3)


def test_readings_of_clicks_follow_when_days_are_counted_again(world: World) -> None:
    visits, active = a_kpi(world.period), a_kpi(world.period, "active_rate", 2)
    share = a_share(world.pia, a_story(world), days_ago=10, visits=3)
    actions.fill_history(period=world.period)
    Reading.objects.filter(kpi_id=active.pk).update(value=0.5)
    LinkDay.objects.filter(link_id=share.link_id).update(human_clicks=1, visitors=0)
    DayTotal.objects.update(human_clicks=1, visitors=0)
    reactions.count_days_again(
        DaysRecounted(organisation_id=world.fjordkraft.pk, since=(TODAY - timedelta(days=10)).isoformat())
    )
    tasks.read_again(period_id=world.period.pk)
    values = dict(Reading.objects.filter(kpi_id=visits.pk).values_list("day", "value"))
    assert (values[TODAY - timedelta(days=12)], values[TODAY]) == (0, 1)
    assert set(Reading.objects.filter(kpi_id=active.pk).values_list("value", flat=True)) == {0.5}


def test_looking_again_at_once_reads_nothing_again(world: World, django_assert_num_queries) -> None:
    a_kpi(world.period)
    actions.freshen(period=world.period, now=timezone.now())
    with django_assert_num_queries(2):
        actions.freshen(period=world.period, now=timezone.now())


def test_closed_period_keeps_its_readings(world: World) -> None:
    a_kpi(world.period)
    world.period.closed_at = timezone.now()
    actions.freshen(period=world.period, now=timezone.now())
    assert not Reading.objects.exists()


def test_confirmed_share_is_counted(world: World) -> None:
    a_kpi(world.period, "shares")
    share = a_share(world.pia, a_story(world))
    reactions.count_share(ShareConfirmed(share_id=share.pk))
    assert Reading.objects.get().value == 1


def test_nightly_task_reads_yesterday_and_today(world: World) -> None:
    a_kpi(world.period)
    tasks.read_period(period_id=world.period.pk)
    assert sorted(Reading.objects.values_list("day", flat=True)) == [TODAY - timedelta(days=1), TODAY]


def test_starters_fit_the_goal_and_the_team(world: World) -> None:
    Owner.objects.create(period=world.period, duty=Duty.KPIS, member=world.pia)
    chosen = actions.choose_starters(period=world.period, by=world.lene)
    assert [kpi.key for kpi in chosen] == ["active_rate", "own_words_rate", "visits", "clicks_per_share"]
    assert {kpi.owner for kpi in chosen} == {world.pia}
    assert actions.choose_starters(period=world.period, by=world.lene) == []


def test_sixth_kpi_is_refused(world: World) -> None:
    for position, key in enumerate(("visits", "shares", "active_rate", "own_words_rate", "impressions"), 1):
        a_kpi(world.period, key, position)
    with pytest.raises(Refused, match="Five"):
        actions.choose_kpi(period=world.period, key="item_uptake", target=1, by=world.lene)


def test_same_kpi_twice_and_unknown_ones_are_refused(world: World) -> None:
    a_kpi(world.period)
    for key in ("visits", "likes"):
        with pytest.raises(Refused):
            actions.choose_kpi(period=world.period, key=key, target=1, by=world.lene)


def test_closed_period_keeps_its_kpis(world: World) -> None:
    kpi = a_kpi(world.period)
    world.period.closed_at = timezone.now()
    world.period.save()
    for deed in (
        lambda: actions.choose_kpi(period=world.period, key="shares", target=1, by=world.lene),
        lambda: actions.change_kpi(kpi=kpi, by=world.lene, target=2.0),
        lambda: actions.drop_kpi(kpi=kpi, by=world.lene),
    ):
        with pytest.raises(Refused):
            deed()


def test_removed_kpi_comes_back_as_it_was(world: World) -> None:
    kpi = a_kpi(world.period, position=3, baseline=7.0, owner=world.pia, share_weekday=4)
    actions.take_readings(period=world.period, day=TODAY)
    kept = actions.drop_kpi(kpi=kpi, by=world.lene)
    assert not Reading.objects.exists()
    back = actions.restore_kpi(period=world.period, kept=kept, by=world.lene)
    assert (back.key, back.position, back.baseline, back.owner, back.share_weekday) == (
        "visits", 3, 7.0, world.pia, 4,
    )  # fmt: skip


def test_baseline_is_what_the_period_before_ended_with(world: World) -> None:
    from genlyd.programmes.models import Period

    a_kpi(world.period)
    a_share(world.pia, a_story(world), visits=9)
    actions.take_readings(period=world.period, day=TODAY)
    later = Period.objects.create(
        organisation=world.fjordkraft, programme=world.programme, name="Next", previous=world.period,
        starts_on=world.period.ends_on, ends_on=world.period.ends_on + timedelta(days=9),
    )  # fmt: skip
    [visits] = [k for k in actions.choose_starters(period=later, by=world.lene) if k.key == "visits"]
    assert visits.baseline == 9


def test_owner_is_asked_on_the_day_and_once(world: World) -> None:
    kpi = a_kpi(world.period, owner=world.pia, share_weekday=TODAY.weekday())
    a_kpi(world.period, "shares", 2, owner=world.poul, share_weekday=(TODAY.weekday() + 1) % 7)
    a_kpi(world.period, "active_rate", 3, share_weekday=TODAY.weekday())
    assert (actions.ask_owners(), actions.ask_owners()) == (1, 0)
    mail = Mail.objects.get()
    assert world.pia.email in mail.to
    assert f"/figures/kpi/{kpi.pk}/share/" in mail.text


def test_owner_who_has_shared_today_is_not_asked(world: World) -> None:
    kpi = a_kpi(world.period, owner=world.pia, share_weekday=TODAY.weekday())
    actions.share_with_team(kpi=kpi, sentence="Good week.", by=world.pia)
    assert actions.ask_owners() == 0


def test_update_reaches_everybody_in_the_team_once_with_its_chart(world: World, monkeypatch) -> None:
    from genlyd.measurement.actions import mail

    monkeypatch.setattr(mail, "BATCH", 2)
    colleagues(world, 3)
    kpi = a_kpi(world.period, owner=world.pia)
    a_share(world.pia, a_story(world), visits=9)
    actions.fill_history(period=world.period)
    update = actions.share_with_team(kpi=kpi, sentence="  Nine people\ncame. ", by=world.pia)
    assert (update.sentence, update.value) == ("Nine people came.", 9)
    assert actions.mail_update(update_id=update.pk) == 5
    assert actions.mail_update(update_id=update.pk) == 0
    update.refresh_from_db()
    assert update.recipients == Mail.objects.count() == 5
    assert update.mailed_at is not None
    sent = Mail.objects.first()
    assert sent is not None
    assert "Nine people came." in sent.text
    assert 'src="cid:chart"' in sent.html
    assert "chart" in sent.pictures


def test_update_without_a_figure_still_goes_out(world: World) -> None:
    update = actions.share_with_team(kpi=a_kpi(world.period), sentence="We begin.", by=world.lene)
    assert actions.mail_update(update_id=update.pk) == 2
    assert Mail.objects.filter(pictures={}).count() == 2


def test_update_needs_a_sentence(world: World) -> None:
    with pytest.raises(Refused):
        actions.share_with_team(kpi=a_kpi(world.period), sentence="  ", by=world.lene)
    assert not TeamUpdate.objects.exists()


def test_kpis_of_a_period_are_five_at_most_in_the_database_too(world: World) -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        a_kpi(world.period, position=6)
    assert not Kpi.objects.exists()


def test_button_pressed_twice_is_one_word_to_the_team(world: World) -> None:
    kpi = a_kpi(world.period, owner=world.pia)
    first = actions.share_with_team(kpi=kpi, sentence="Good week.", by=world.pia)
    assert actions.share_with_team(kpi=kpi, sentence=" Good  week.", by=world.pia) == first
    assert actions.share_with_team(kpi=kpi, sentence="Still good.", by=world.pia) != first
    assert TeamUpdate.objects.count() == 2


def test_export_rounds_no_count() -> None:
    assert [_plain(value) for value in (None, 0.0, 1234567.0, 1 / 3)] == ["", "0", "1234567", "0.333333"]
