"""What the generator made, in the database: every constraint holds because the database itself checked it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from django.db.models import F, Max, Q, Sum

from genlyd.cli.errors import CannotStart
from genlyd.cli.main import parser
from genlyd.cli.simulate import truths
from genlyd.cli.simulate.command import run
from genlyd.cli.simulate.history import History, simulate
from genlyd.cli.simulate.writer import Written, write
from genlyd.cli.simulate.writer.clicks import judge_clicks
from genlyd.content.models import Media, Story
from genlyd.links.domain.words import bad_by_chance
from genlyd.links.models import Arrival, Click, Link, LinkDay, Target
from genlyd.people.models import Consent, Member, Organisation
from genlyd.programmes.models import Period, Seat
from genlyd.sharing.models import Share

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def made(db: None, settings: object, tmp_path: Path) -> tuple[History, Written]:
    settings.MEDIA_ROOT = tmp_path
    history = simulate(truths.load(), people=150, months=6, seed=5, now=NOW, domain="prøve.example")
    return history, write(history, name="Prøvekraft", domain="prøve.example", seed=5)


def test_everything_is_written_once(made: tuple[History, Written]) -> None:
    history, written = made
    assert Member.objects.count() == len(written.members) == 150
    assert Share.objects.count() == Link.objects.count() == len(history.shares) > 50
    assert Arrival.objects.count() == len(history.clicks) > 300
    assert Story.objects.count() == len(history.stories)
    assert Period.objects.filter(closed_at=None).count() == 1
    assert not Click.objects.exists()


def test_links_are_as_if_people_had_made_them(made: tuple[History, Written]) -> None:
    assert set(Target.objects.values_list("url", flat=True)) == set(
        Link.objects.values_list("target", flat=True)
    )
    newest = dict(Link.objects.values_list("target").annotate(Max("created_at")))
    assert {target.url: target.wanted_at for target in Target.objects.all()} == newest
    assert not [slug for slug in Link.objects.values_list("slug", flat=True) if bad_by_chance(slug)]


def test_shares_obey_consent_seat_period_and_story(made: tuple[History, Written]) -> None:
    consented = Q(member__consents__given_at__lt=F("created_at")) & (
        Q(member__consents__withdrawn_at=None) | Q(member__consents__withdrawn_at__gt=F("created_at"))
    )
    seated = Q(member__seats__period=F("period"), member__seats__taken_at__lt=F("created_at")) & (
        Q(member__seats__left_at=None) | Q(member__seats__left_at__gt=F("created_at"))
    )
    offered = Q(
        story__published_at__lt=F("created_at"),
        story__expires_at__gt=F("created_at"),
        story__period=F("period"),
    )
    opened = Q(period__opened_at__lt=F("created_at")) & (
        Q(period__closed_at=None) | Q(period__closed_at__gt=F("created_at"))
    )
    everything = Share.objects.count()
    assert Share.objects.filter(consented).distinct().count() == everything
    assert Share.objects.filter(seated).distinct().count() == everything
    assert Share.objects.filter(offered, opened).count() == everything
    assert not Share.objects.filter(shows_person=True).exclude(picture__shows_person=True).exists()
    assert not Share.objects.filter(shows_person=False, picture__shows_person=True).exists()


def test_clicks_come_after_their_post_on_published_links_only(made: tuple[History, Written]) -> None:
    published = dict(Link.objects.values_list("pk", "published_at"))
    for link_id, at in Arrival.objects.values_list("link_id", "at"):
        assert published[link_id] is not None
        assert at > published[link_id]


def test_the_real_ingest_tells_people_from_machines(made: tuple[History, Written]) -> None:
    history, _written = made
    assert judge_clicks() == len(history.clicks)
    found = Click.objects.filter(verdict="human", is_first=True).count()
    assert found == pytest.approx(history.clicks.human.sum(), rel=0.03)
    sums = LinkDay.objects.aggregate(clicks=Sum("clicks"), human=Sum("human_clicks"))
    assert sums == {"clicks": len(history.clicks), "human": found}


def test_own_words_are_measured_in_the_text(made: tuple[History, Written]) -> None:
    history, _written = made
    ids = list(Share.objects.order_by("pk").values_list("own_words", flat=True))
    assert np.array_equal(np.array(ids), history.shares.own_words)
    assert Share.objects.filter(disclosed=True).count() > Share.objects.count() / 3


def test_pictures_have_alt_texts_and_files(made: tuple[History, Written]) -> None:
    for media in Media.objects.all():
        assert media.alt
        assert media.file.size == media.size
        assert media.thumbnail.size < media.size


def test_nobody_leaves_before_they_consent(made: tuple[History, Written]) -> None:
    assert not Consent.objects.filter(member__left_at__lt=F("given_at")).exists()
    assert not Seat.objects.filter(left_at__lt=F("taken_at")).exists()


def _command(*words: str) -> int:
    from genlyd.cli import simulate as verb

    return run(parser({"simulate": verb}).parse_args(["simulate", *words]))


def test_a_real_organisation_is_left_alone(db: None) -> None:
    Organisation.objects.create(name="Fjordkraft")
    with pytest.raises(CannotStart, match="Fjordkraft lives here"):
        _command("--people", "20")
    assert Organisation.objects.count() == 1


def test_yes_adds_an_organisation_beside_a_real_one(db: None, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    Organisation.objects.create(name="Fjordkraft")
    assert _command("--people", "20", "--months", "1", "--yes", "--organisation-name", "Havn") == 0
    assert Organisation.objects.get(name="Havn").is_demo
    with pytest.raises(CannotStart, match="Havn exists already"):
        _command("--people", "20", "--yes", "--organisation-name", "Havn")


def test_bad_truths_are_told(db: None, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("stories_per_week = 1\n", encoding="utf-8")
    with pytest.raises(CannotStart, match=r"people\.leave_per_year is missing"):
        _command("--truths", str(path))
