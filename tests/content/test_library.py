from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.content import queries
from genlyd.people.models import Team, TeamKind
from genlyd.programmes.models import FocusArea, Period
from tests.content.cast import a_draft, a_picture, a_story
from tests.world import World

AskAs = Callable[..., Client]
LIBRARY = "/stories/"


def offered(world: World, member: Any = None) -> list[str]:
    return [story.sentence for story in queries.stories_for(member or world.pia, timezone.now())]


def test_only_what_is_published_begun_and_not_over_is_offered(world: World) -> None:
    now = timezone.now()
    a_story(world.erik, "on offer", expires_at=now + timedelta(days=1))
    a_story(world.erik, "over", not_before=now - timedelta(days=2), expires_at=now - timedelta(seconds=1))
    a_story(world.erik, "not yet", not_before=now + timedelta(days=1))
    a_story(world.erik, "retired", retired_at=now)
    a_draft(world.erik, sentence="draft")
    a_story(world.oda, "Havblik's")
    assert offered(world) == ["on offer"]


def test_story_is_for_its_audience_and_the_teams_below_it(world: World) -> None:
    turbines = Team.objects.create(
        organisation=world.fjordkraft, kind=TeamKind.DEPARTMENT, name="Turbines", parent=world.wind
    )
    a_story(world.erik, "for wind", audience=[world.wind])
    a_story(world.erik, "for turbines", audience=[turbines])
    a_story(world.erik, "for esbjerg", audience=[world.esbjerg])
    assert set(offered(world, world.pia)) == {"for wind", "for esbjerg"}
    assert offered(world, world.poul) == ["for wind"]
    world.poul.department = turbines
    world.poul.save()
    del world.poul._teams_up  # a request loads the member anew
    assert set(offered(world, world.poul)) == {"for wind", "for turbines"}
    assert offered(world, world.alma) == []


def test_story_of_a_period_is_offered_while_the_period_runs(world: World) -> None:
    a_story(world.erik, "of the period", period=world.period)
    assert offered(world) == ["of the period"]
    Period.objects.filter(pk=world.period.pk).update(closed_at=timezone.now())
    assert offered(world) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("vindmøller", True),
        ("vindmøllen", True),
        ("vindmø", True),
        ("nat vindmølle", True),
        ("VINDMØLLER", True),
        ("solceller", False),
        ("vindmølle solceller", False),
        ("nyheder fjord", True),
        ("':* & !!", True),
        ("a" * 500, False),
    ],
)
def test_search_knows_danish_endings_and_unfinished_words(world: World, words: str, found: bool) -> None:  # noqa: FBT001
    a_story(
        world.erik,
        "Teknikerne passer vindmøllerne om natten.",
        why="Det er nyheder.",
        preview_title="Fjordkraft",
    )
    hits = list(queries.found(queries.stories_for(world.pia, timezone.now()), words))
    assert bool(hits) is found


def test_library_shows_the_sentence_and_narrows(world: World, as_member: AskAs) -> None:
    area = FocusArea.objects.create(period=world.period, name="Culture")
    a_story(world.erik, "A story about culture.", period=world.period, focus_area=area)
    a_story(world.erik, "A story about jobs.", picture=a_picture(world.erik))
    pia = as_member(world.pia)
    page = pia.get(LIBRARY).content.decode()
    assert "A story about culture." in page
    assert "A story about jobs." in page
    narrowed = pia.get(LIBRARY, {"focus": area.pk}).content.decode()
    assert "A story about jobs." not in narrowed
    part = pia.get(
        LIBRARY, {"q": "jobs"}, headers={"HX-Request": "true", "HX-Target": "found"}
    ).content.decode()
    assert "A story about jobs." in part
    assert "<html" not in part
    assert "No story fits" in pia.get(LIBRARY, {"q": "xyzzy"}).content.decode()
    assert pia.get(LIBRARY, {"focus": "' or 1=1", "page": "x", "q": "\x00"}).status_code == 200


def test_empty_library_says_so_and_has_no_search(world: World, as_member: AskAs) -> None:
    page = as_member(world.pia).get(LIBRARY).content.decode()
    assert "No stories just now" in page
    assert 'type="search"' not in page


def test_library_refuses_other_methods(world: World, as_member: AskAs) -> None:
    assert as_member(world.pia).post(LIBRARY).status_code == 405


@pytest.mark.parametrize("stories", [1, 3])
def test_library_asks_the_same_number_of_queries(
    world: World, as_member: AskAs, stories: int, django_assert_num_queries: Any
) -> None:
    picture = a_picture(world.erik)
    area = FocusArea.objects.create(period=world.period, name="Culture")
    for number in range(stories):
        a_story(world.erik, f"Story {number}.", picture=picture, focus_area=area, period=world.period)
    pia = as_member(world.pia)
    pia.get(LIBRARY)
    # session, user, member, roles; teams; count, stories, focus areas
    with django_assert_num_queries(8):
        pia.get(LIBRARY)


def test_story_page_shows_the_card_to_its_audience_only(world: World, as_member: AskAs) -> None:
    story = a_story(
        world.erik,
        "The sentence.",
        audience=[world.esbjerg],
        not_public_yet="The price",
        url="https://x.example/",
    )
    story.facts.create(text="40 turbines", source="https://www.fjordkraft.example/report")
    story.angles.create(position=1, question="What surprised you?")
    story.examples.create(text="An example text.")
    address = reverse("content:story", args=[story.pk])
    page = as_member(world.pia).get(address).content.decode()
    for said in (
        "The sentence.",
        "40 turbines",
        "fjordkraft.example",
        "What surprised you?",
        "The price",
        "An example text.",
    ):
        assert said in page
    assert "Retire" not in page
    assert as_member(world.poul).get(address).status_code == 404
    assert as_member(world.oda).get(address).status_code == 404
    assert "Retire" in as_member(world.erik).get(address).content.decode()


def test_story_that_has_run_out_can_be_read_and_a_draft_cannot(world: World, as_member: AskAs) -> None:
    past = timezone.now() - timedelta(days=3)
    over = a_story(world.erik, not_before=past, expires_at=past + timedelta(days=1))
    pia = as_member(world.pia)
    page = pia.get(reverse("content:story", args=[over.pk])).content.decode()
    assert "This story has run out" in page
    draft = a_draft(world.erik)
    assert pia.get(reverse("content:story", args=[draft.pk])).status_code == 404
    assert as_member(world.lene).get(reverse("content:story", args=[draft.pk])).status_code == 200


def test_picture_is_served_to_colleagues_only_and_kept_by_their_browsers(
    world: World, as_member: AskAs
) -> None:
    media = a_picture(world.erik)
    pia = as_member(world.pia)
    answer = pia.get(media.address)
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; filename=")
    assert pia.get(media.address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert pia.get(media.small_address, headers={"If-None-Match": answer["ETag"]}).status_code == 200
    assert pia.get(media.address.replace(media.key, "0" * 16)).status_code == 404
    assert as_member(world.oda).get(media.address).status_code == 404
    assert Client().get(media.address).status_code == 302
    assert Client().get(f"/media/{media.file.name}").status_code == 404


def test_audience_changed_in_any_way_counts_at_once(world: World) -> None:
    story = a_story(world.erik, "for some")
    story.audience.add(world.esbjerg)
    assert offered(world, world.poul) == []
    story.audience.set([world.wind])
    assert offered(world, world.poul) == ["for some"]
    story.audience.clear()
    assert offered(world, world.alma) == ["for some"]
