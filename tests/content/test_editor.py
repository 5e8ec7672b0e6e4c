from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.base.errors import Refused
from genlyd.content.actions import stories
from genlyd.content.models import Media, Story
from genlyd.programmes.models import FocusArea, Period
from tests.content.cast import a_draft, a_picture, a_picture_file, a_story
from tests.world import World

AskAs = Callable[..., Client]
WRITE = "/stories/write/"


def typed(**more: Any) -> dict[str, Any]:
    return {"sentence": "Our technicians planned the shift.", "language": "da", "deed": "save"} | more


def test_form_proposes_three_questions_from_the_goal(world: World, as_member: AskAs) -> None:
    page = as_member(world.erik).get(WRITE).content.decode()
    assert "What would you tell a friend who thinks of applying?" in page
    assert world.period.name in page


def test_draft_is_saved_with_facts_questions_examples_and_audience(world: World, as_member: AskAs) -> None:
    area = FocusArea.objects.create(period=world.period, name="Culture")
    answer = as_member(world.erik).post(
        WRITE,
        typed(
            fact=["40 turbines", "", "12 people"], source=["https://x.example/", "lost", ""],
            example=["Like this.", ""],
            angle_1="Why?", angle_3="Who?", audience=[world.wind.pk], networks=["linkedin"], focus_area=area.pk,
            responsible=world.lene.pk, not_before="2026-01-05", last_day="2026-01-31",
        ),
    )  # fmt: skip
    story = Story.objects.get()
    assert answer.headers["Location"] == reverse("content:story", args=[story.pk])
    assert story.state == "draft"
    assert [(fact.text, fact.source) for fact in story.facts.all()] == [
        ("40 turbines", "https://x.example/"),
        ("12 people", ""),
    ]
    assert [(a.position, a.question) for a in story.angles.all()] == [(1, "Why?"), (2, "Who?")]
    assert [example.text for example in story.examples.all()] == ["Like this."]
    assert list(story.audience.all()) == [world.wind]
    assert (story.period, story.focus_area, story.networks) == (world.period, area, ["linkedin"])
    # Whole days, where the organisation is: Copenhagen is an hour ahead in January.
    assert story.not_before.isoformat() == "2026-01-04T23:00:00+00:00"
    assert story.expires_at.isoformat() == "2026-01-31T23:00:00+00:00"


def test_editing_shows_what_was_saved_and_replaces_it(world: World, as_member: AskAs) -> None:
    erik = as_member(world.erik)
    erik.post(WRITE, typed(fact=["Old"], source=[""], last_day="2030-06-30"))
    story = Story.objects.get()
    address = reverse("content:edit", args=[story.pk])
    page = erik.get(address).content.decode()
    assert 'value="Old"' in page
    assert 'value="2030-06-30"' in page
    erik.post(address, typed(sentence="New sentence.", fact=["New"], source=[""]))
    story.refresh_from_db()
    assert story.sentence == "New sentence."
    assert [fact.text for fact in story.facts.all()] == ["New"]


def test_rows_are_added_and_removed_without_javascript_and_nothing_is_lost(
    world: World, as_member: AskAs
) -> None:
    erik = as_member(world.erik)
    more = erik.post(
        WRITE, typed(sentence="Half", fact=["A"], source=["b"], deed="add_fact")
    ).content.decode()
    assert more.count('name="fact"') == 2
    assert 'value="A"' in more
    assert "Half" in more
    fewer = erik.post(WRITE, typed(fact=["A", "B"], source=["", ""], deed="remove_fact:0")).content.decode()
    assert 'value="A"' not in fewer
    assert 'value="B"' in fewer
    example = erik.post(WRITE, typed(deed="add_example")).content.decode()
    assert example.count('name="example"') == 1
    assert erik.post(WRITE, typed(sentence="", deed="add_fact")).status_code == 200
    assert not Story.objects.exists()


def test_picture_is_uploaded_described_and_kept_once(world: World, as_member: AskAs) -> None:
    erik = as_member(world.erik)
    for _ in range(2):
        file = SimpleUploadedFile("turbine.png", a_picture_file())
        erik.post(WRITE, typed(picture=file, alt="A turbine", shows_person="on"))
    media = Media.objects.get()
    assert (media.alt, media.shows_person, media.uploaded_by) == ("A turbine", True, world.erik)
    assert Story.objects.filter(picture=media).count() == 2
    story = Story.objects.first()
    assert story is not None
    address = reverse("content:edit", args=[story.pk])
    erik.post(address, typed(picture_id=media.pk, alt="A turbine at dawn"))
    story.refresh_from_db()
    assert story.picture == media
    erik.post(address, typed(picture_id=media.pk, remove_picture="on"))
    story.refresh_from_db()
    assert story.picture is None


def test_picture_survives_another_fault_in_the_form(world: World, as_member: AskAs) -> None:
    file = SimpleUploadedFile("turbine.png", a_picture_file())
    answer = as_member(world.erik).post(WRITE, typed(sentence="", picture=file))
    assert answer.status_code == 422
    assert f'name="picture_id" value="{Media.objects.get().pk}"' in answer.content.decode()


def test_picture_of_another_organisation_cannot_be_taken(world: World, as_member: AskAs) -> None:
    theirs = a_picture(world.oda)
    as_member(world.erik).post(WRITE, typed(picture_id=theirs.pk))
    assert Story.objects.get().picture is None


def test_colleagues_own_picture_is_neither_shown_nor_reworded(world: World, as_member: AskAs) -> None:
    own = a_picture(world.pia, alt="Me, at home")
    page = as_member(world.erik).post(WRITE, typed(picture_id=own.pk), follow=True)
    assert own.key not in page.content.decode()
    assert Story.objects.get().picture is None
    again = a_picture(world.poul, alt="Something else")
    assert (again.pk, again.alt) == (own.pk, "Me, at home")


def test_text_file_that_calls_itself_a_picture_is_refused_in_words(world: World, as_member: AskAs) -> None:
    file = SimpleUploadedFile("holiday.jpg", b"Dear all, this is no picture.", content_type="image/jpeg")
    answer = as_member(world.erik).post(WRITE, typed(picture=file))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not a picture, whatever its name says." in page
    assert "Our technicians planned the shift." in page
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sentence": ""},
        {"sentence": "x" * 241},
        {"url": "javascript:alert(1)"},
        {"last_day": "2026-01-01", "not_before": "2026-02-01"},
        {"last_day": "yesterday"},
        {"audience": [999_999]},
        {"networks": ["myspace"]},
        {"period": "999999"},
        {"language": "xx"},
    ],
)
def test_wrong_form_is_shown_again_with_what_was_typed(
    world: World, as_member: AskAs, wrong: dict[str, Any]
) -> None:
    answer = as_member(world.erik).post(WRITE, typed(why="Because it matters.") | wrong)
    assert answer.status_code == 422
    assert "Because it matters." in answer.content.decode()
    assert not Story.objects.exists()


def test_publishing_asks_for_words_about_the_picture(world: World, as_member: AskAs) -> None:
    erik = as_member(world.erik)
    file = SimpleUploadedFile("turbine.png", a_picture_file())
    answer = erik.post(WRITE, typed(picture=file, deed="publish"))
    assert answer.status_code == 422
    assert "The picture has no description yet." in answer.content.decode()
    assert not Story.objects.exists()
    erik.post(WRITE, typed(picture_id=Media.objects.get().pk, alt="A turbine", deed="publish"))
    assert Story.objects.get().state == "published"


def test_published_story_cannot_lose_the_words_about_its_picture(world: World) -> None:
    story = a_story(world.erik, picture=a_picture(world.erik))
    bare = a_picture(world.erik, alt="")
    Media.objects.update(alt="")
    bare.refresh_from_db()
    with pytest.raises(Refused):
        stories.change_story(
            story=story, card=stories.Card(sentence="x", language="da", picture=bare), now=timezone.now()
        )


def test_story_moves_through_its_states_and_back(world: World, as_member: AskAs) -> None:
    story, erik = a_draft(world.erik), as_member(world.erik)
    address = reverse("content:move", args=[story.pk])
    for deed, state in (
        ("publish", "published"), ("retire", "retired"), ("restore", "published"), ("unpublish", "draft"),
        ("retire", "retired"), ("restore", "draft"),
    ):  # fmt: skip
        assert erik.post(address, {"deed": deed}).status_code == 302
        story.refresh_from_db()
        assert story.state == state
    assert erik.post(address, {"deed": "burn"}).status_code == 404
    assert erik.get(address).status_code == 405


def test_expired_story_is_not_published(world: World, as_member: AskAs) -> None:
    past = timezone.now() - timedelta(days=9)
    story = a_draft(world.erik, not_before=past, expires_at=past + timedelta(days=1))
    as_member(world.erik).post(reverse("content:move", args=[story.pk]), {"deed": "publish"})
    story.refresh_from_db()
    assert story.state == "draft"


def test_focus_area_of_another_period_is_refused(world: World, as_member: AskAs) -> None:
    other = Period.objects.create(
        organisation=world.fjordkraft,
        programme=world.programme,
        name="Next",
        starts_on="2030-01-01",
        ends_on="2030-03-01",
    )
    area = FocusArea.objects.create(period=other, name="Later")
    answer = as_member(world.erik).post(WRITE, typed(period=world.period.pk, focus_area=area.pk))
    assert answer.status_code == 422
    assert "That focus area belongs to another period." in answer.content.decode()


def test_new_link_is_fetched_by_the_worker_and_an_old_preview_forgotten(world: World) -> None:
    story = a_story(
        world.erik, url="https://a.example/", preview_title="Old", preview_fetched_at=timezone.now()
    )
    now = timezone.now()
    stories.change_story(
        story=story, card=stories.Card(sentence="s", language="da", url="https://a.example/"), now=now
    )
    assert story.preview_title == "Old"
    assert not ProcrastinateJob.objects.filter(task_name="genlyd.content.tasks.fetch_preview").exists()
    stories.change_story(
        story=story, card=stories.Card(sentence="s", language="da", url="https://b.example/"), now=now
    )
    assert story.preview_title == ""
    assert ProcrastinateJob.objects.get(task_name="genlyd.content.tasks.fetch_preview").args == {
        "story_id": story.pk
    }


@pytest.mark.parametrize("count", [1, 3])
def test_editors_list_asks_the_same_number_of_queries(
    world: World, as_member: AskAs, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        a_story(
            world.erik,
            f"Story {number}.",
            picture=a_picture(world.erik),
            period=world.period,
            responsible=world.lene,
        )
    erik = as_member(world.erik)
    erik.get("/stories/all/")
    # session, user, member, roles; count, stories; periods with their focus areas, focus areas
    with django_assert_num_queries(9):
        erik.get("/stories/all/")


def test_editors_list_is_filtered_and_searched(world: World, as_member: AskAs) -> None:
    a_story(world.erik, "Out now.", period=world.period)
    a_draft(world.erik, sentence="Only a draft.")
    a_story(world.erik, "Put away.", retired_at=timezone.now())
    a_story(world.oda, "Havblik's.")
    erik = as_member(world.erik)

    def listed(**query: Any) -> list[str]:
        page = erik.get("/stories/all/", query).content.decode()
        return [s for s in ("Out now.", "Only a draft.", "Put away.", "Havblik's.") if s in page]

    assert listed() == ["Out now.", "Only a draft.", "Put away."]
    assert listed(state="draft") == ["Only a draft."]
    assert listed(state="published") == ["Out now."]
    assert listed(state="retired") == ["Put away."]
    assert listed(period=world.period.pk) == ["Out now."]
    assert listed(q="draft") == ["Only a draft."]
    assert listed(state="nonsense", page="99") == ["Out now.", "Only a draft.", "Put away."]
