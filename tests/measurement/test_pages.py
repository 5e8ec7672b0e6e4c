from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from genlyd.measurement import actions
from genlyd.measurement.models import Kpi, TeamUpdate
from tests.measurement.makers import a_kpi, a_share, a_story, colleagues
from tests.world import World, today_there

AskAs = Callable[..., Client]
TODAY = today_there()


def board(world: World, query: str = "") -> str:
    return f"/figures/{world.period.pk}/{query}"


def test_board_shows_value_pace_quality_and_raw_counts(world: World, as_member: AskAs) -> None:
    a_kpi(world.period, "clicks_per_share", target=8)
    a_share(world.pia, a_story(world), visits=6)
    a_share(world.poul, a_story(world), visits=3)
    page = as_member(world.lene).get(board(world)).content.decode()
    assert '<p class="figure-value">4.5' in page
    assert "Behind the pace" in page
    assert "Measured" in page
    assert "visits by people ÷ confirmed shares" in page
    assert "Visits by people" in page


def test_missing_is_a_dash_with_a_reason_never_nought(world: World, as_member: AskAs) -> None:
    a_kpi(world.period, "reactions_per_share")
    page = as_member(world.lene).get(board(world)).content.decode()
    assert "No figure yet" in page
    assert "nobody has typed them in" in page


def test_participant_with_a_seat_sees_the_board_and_their_own_posts_only(
    world: World, as_member: AskAs
) -> None:
    a_kpi(world.period)
    a_share(world.pia, a_story(world), text="Pia wrote this.", visits=7)
    a_share(world.poul, a_story(world), text="Poul wrote that.", visits=5)
    page = as_member(world.pia).get(board(world)).content.decode()
    assert "Pia wrote this." in page
    assert "7 visits" in page
    assert "Poul wrote that." not in page
    lead = as_member(world.lene).get(board(world)).content.decode()
    assert "wrote" not in lead


def test_member_without_a_seat_gets_404(world: World, as_member: AskAs) -> None:
    assert as_member(world.erik).get(board(world)).status_code == 404


def test_tables_hide_small_groups(world: World, as_member: AskAs) -> None:
    a_kpi(world.period)
    story = a_story(world)
    for member in colleagues(world, 5):
        a_share(member, story, visits=11)
    a_share(world.pia, story, visits=777, network="x")
    for by in ("network", "department"):
        page = as_member(world.lene).get(board(world, f"?by={by}")).content.decode()
        assert page.count(">777<") == 0
        assert "fewer than 5" in page


@pytest.mark.parametrize("by", ["network", "story", "department", "nonsense"])
@pytest.mark.parametrize("sort", ["visits", "-visits", "label", "nonsense"])
def test_tables_can_be_sorted(world: World, as_member: AskAs, by: str, sort: str) -> None:
    a_kpi(world.period)
    a_share(world.pia, a_story(world), visits=2)
    assert as_member(world.lene).get(board(world, f"?by={by}&sort={sort}")).status_code == 200


def test_board_asks_the_same_number_of_questions_whatever_its_size(world: World, as_member: AskAs) -> None:
    lene = as_member(world.lene)
    a_kpi(world.period)
    a_share(world.lene, a_story(world), visits=1)
    lene.get(board(world))

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert lene.get(board(world)).status_code == 200
        return len(asked)

    one = questions()
    for position, key in ((2, "shares"), (3, "active_rate")):
        a_kpi(world.period, key, position, owner=world.pia)
        a_share(world.lene, a_story(world), visits=1, network=key[:10])
    actions.freshen(period=world.period, now=_long_ago())
    assert questions() == one


def _long_ago():
    from django.utils import timezone

    return timezone.now() - timedelta(hours=1)


def test_board_without_kpis_says_what_to_do(world: World, as_member: AskAs) -> None:
    assert "Choose KPIs" in as_member(world.lene).get(board(world)).content.decode()
    assert "has not chosen any" in as_member(world.pia).get(board(world)).content.decode()


def test_figures_lead_to_the_running_period(world: World, as_member: AskAs) -> None:
    answer = as_member(world.pia).get("/figures/")
    assert (answer.status_code, answer["Location"]) == (302, board(world))
    assert as_member(world.erik).get("/figures/").status_code == 200


def test_spreadsheet_has_raw_counts_and_empty_cells_for_missing(world: World, as_member: AskAs) -> None:
    a_kpi(world.period, "clicks_per_share")
    a_share(world.pia, a_story(world), days_ago=10, visits=6)
    actions.fill_history(period=world.period)
    answer = as_member(world.pia).get(f"/figures/{world.period.pk}/figures.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    lines = text.splitlines()
    assert len(lines) == 32
    assert f"Visits per share,{TODAY.isoformat()},6,6,1,measured,100," in text
    assert f"Visits per share,{world.period.starts_on.isoformat()},,0,0,measured,100," in text


def test_lead_begins_with_the_starters_and_changes_a_target(world: World, as_member: AskAs) -> None:
    lene, url = as_member(world.lene), f"/figures/{world.period.pk}/choose/"
    assert "Begin with these" in lene.get(url).content.decode()
    lene.post(f"{url}starters/")
    kpi = Kpi.objects.get(key="active_rate")
    answer = lene.post(
        f"/figures/kpi/{kpi.pk}/",
        {"target": "55", "baseline": "", "owner": world.pia.pk, "share_weekday": "2"},
    )
    kpi.refresh_from_db()
    assert answer.status_code == 302
    assert (kpi.target, kpi.baseline, kpi.owner, kpi.share_weekday) == (0.55, None, world.pia, 2)


def test_lead_chooses_removes_and_undoes(world: World, as_member: AskAs) -> None:
    lene, url = as_member(world.lene), f"/figures/{world.period.pk}/choose/"
    lene.post(f"{url}visits/", {"target": "400", "baseline": "20", "owner": "", "share_weekday": "0"})
    kpi = Kpi.objects.get()
    assert (kpi.key, kpi.target, kpi.baseline) == ("visits", 400, 20)
    lene.post(f"/figures/kpi/{kpi.pk}/remove/")
    assert "is removed" in lene.get(url).content.decode()
    lene.post(f"{url}restore/")
    assert Kpi.objects.get().target == 400


@pytest.mark.parametrize(
    ("target", "words"), [("140", "More than 100"), ("-1", "less than nought"), ("many", "number")]
)
def test_impossible_target_is_refused_in_words(
    world: World, as_member: AskAs, target: str, words: str
) -> None:
    answer = as_member(world.lene).post(
        f"/figures/{world.period.pk}/choose/active_rate/", {"target": target, "share_weekday": "0"}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Kpi.objects.exists()


def test_owner_of_another_organisation_cannot_be_chosen(world: World, as_member: AskAs) -> None:
    answer = as_member(world.lene).post(
        f"/figures/{world.period.pk}/choose/visits/",
        {"target": "4", "owner": world.oda.pk, "share_weekday": "0"},
    )
    assert answer.status_code == 422


def test_owner_shares_a_sentence_and_nobody_else_may(world: World, as_member: AskAs) -> None:
    kpi = a_kpi(world.period, owner=world.pia)
    url = f"/figures/kpi/{kpi.pk}/share/"
    assert as_member(world.poul).get(url).status_code == 404
    assert as_member(world.pia).post(url, {"sentence": ""}).status_code == 422
    assert as_member(world.pia).post(url, {"sentence": "We are many."}).status_code == 302
    assert TeamUpdate.objects.get().by == world.pia
    assert "We are many." in as_member(world.poul).get(board(world)).content.decode()


def test_pages_speak_danish(world: World, as_member: AskAs) -> None:
    world.lene.user.language = "da"
    world.lene.user.save()
    a_kpi(world.period)
    page = as_member(world.lene).get(board(world)).content.decode()
    assert "Besøg" in page
    assert "Hvor det kommer fra" in page
