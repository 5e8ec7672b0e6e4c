"""Judging again: what the command does, and what follows from it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from genlyd.cli.main import parser
from genlyd.links.facts import DaysRecounted
from genlyd.links.ingest import bounded, known, turn
from genlyd.links.models import Arrival, Click, LinkDay
from tests.links.ingest.counting import (
    AT,
    LATER,
    ODD,
    an_arrival,
    assert_sums_agree,
    judge_all,
    links_of,
    state,
)
from tests.world import World


@pytest.fixture
def counted(world: World) -> World:
    """Two days of one link: three people, and a browser that will turn out to be a program."""
    link = links_of(world)[0]
    Arrival.objects.bulk_create(
        an_arrival(link, AT + timedelta(days=day, hours=number), bytes([number]) * 16, user_agent=agent)
        for day in (0, 1)
        for number, agent in enumerate([ODD, an_arrival(link).user_agent, an_arrival(link).user_agent])
    )
    judge_all()
    return world


def command(*words: str) -> int:
    from genlyd.cli import clicks

    return clicks.run(parser({"clicks": clicks}).parse_args(["clicks", "rejudge", *words]))


def better_rules(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(bounded, "kind_of", lambda agent: "bot" if agent == ODD else "")


def test_clicks_are_seen_by_the_new_rules_and_sums_follow(
    counted: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    better_rules(monkeypatch)
    assert command() == 0
    assert "6 clicks looked at again, 2 are seen differently." in capsys.readouterr().out
    assert Click.objects.filter(verdict="bot").count() == 2
    assert list(LinkDay.objects.order_by("day").values_list("clicks", "human_clicks")) == [(3, 2), (3, 2)]
    assert_sums_agree()
    command()
    assert "0 are seen differently" in capsys.readouterr().out


def test_dry_run_says_it_and_changes_nothing(
    counted: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state()
    better_rules(monkeypatch)
    command("--dry-run")
    told = capsys.readouterr().out
    assert "2  human -> bot" in told
    assert "Nothing was changed." in told
    assert state() == before


def test_since_and_organisation_narrow_it(
    counted: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    better_rules(monkeypatch)
    command("--organisation", str(counted.havblik.pk))
    assert "0 clicks" in capsys.readouterr().out
    command("--since", "2026-03-03", "--organisation", str(counted.fjordkraft.pk))
    assert "3 clicks looked at again, 1 are seen" in capsys.readouterr().out
    assert_sums_agree()


def test_own_click_stays_set_apart_when_nobody_knows_the_browser_any_more(world: World) -> None:
    from genlyd.links.models import OwnVisitor

    link = links_of(world)[0]
    OwnVisitor.objects.create(
        organisation_id=link.organisation_id, visitor=b"o" * 16, member_id=link.member_id, day=AT.date()
    )
    an_arrival(link, visitor=b"o" * 16).save(force_insert=True)
    judge_all()
    OwnVisitor.objects.all().delete()
    command()
    assert Click.objects.get().verdict == "own"
    assert_sums_agree()


def test_late_clicks_and_clicks_seen_differently_are_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[DaysRecounted] = []
    monkeypatch.setattr(turn, "record", told.append)
    link = links_of(world)[0]
    an_arrival(link, LATER - timedelta(days=1)).save(force_insert=True)
    judge_all()
    assert told == [], "yesterday is read again every night"
    an_arrival(link, AT).save(force_insert=True)
    judge_all()
    assert told == [DaysRecounted(organisation_id=link.organisation_id, since="2026-03-02")]


def test_flood_of_one_visitor_is_read_only_as_far_as_it_matters(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST", 5)
    monkeypatch.setattr(known, "ENOUGH", 6)
    monkeypatch.setattr(known, "FLOODS", known.Floods())
    monkeypatch.setattr(turn.transaction, "on_commit", lambda do: do())
    read: list[int] = []
    real = known.of_day
    monkeypatch.setattr(known, "of_day", lambda *asked: read.append(1) or real(*asked))
    link = links_of(world)[0]
    for batch in range(4):
        Arrival.objects.bulk_create(
            an_arrival(link, AT + timedelta(minutes=31 * batch, seconds=number)) for number in range(5)
        )
        judge_all()
    assert len(read) == 2, "known to be beyond, its later clicks ask for nothing"
    assert set(Click.objects.values_list("verdict", flat=True)) == {"too_many"}
    again = Click.objects.order_by("at").last()
    assert again is not None
    an_arrival(link, again.at, id=again.id).save(force_insert=True)
    judge_all()
    assert Click.objects.count() == 20
    assert_sums_agree()


def test_click_that_comes_again_after_its_visitor_was_unnamed_counts_nothing(world: World) -> None:
    """And neither do the visitor's other clicks change beside it."""
    links = links_of(world)
    came = [an_arrival(link, AT + timedelta(minutes=number)) for number, link in enumerate(links[:2])]
    Arrival.objects.bulk_create(came)
    judge_all()
    Click.objects.filter(link_id=links[0].pk).update(visitor=b"chance" * 2)
    before = state()
    Arrival.objects.bulk_create(came)
    judge_all()
    assert not Arrival.objects.exists()
    assert state() == before
