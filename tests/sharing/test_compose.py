"""The composer: nothing that is written is lost, warnings ask once, what must not go out does not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from genlyd.notifications.models import Mail
from genlyd.people.models import Consent
from genlyd.rules.models import Rule
from genlyd.rules.queries import rules_of
from genlyd.sharing.actions.change import cancel_share
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.models import Delivery, Draft, Share
from genlyd.sharing.tasks import remind
from tests.sharing.makers import WORDS, a_picture, a_share, a_story, an_account
from tests.world import World

AsMember = Callable[..., Client]
EXAMPLE = "Vi er stolte af at byde den første mølle velkommen på havnen i Esbjerg."


def address(story, name: str = "compose") -> str:
    return reverse(f"sharing:{name}", args=[story.pk])


def form(**fields: str) -> dict[str, str]:
    return {"network": "linkedin", "text": WORDS, "picture": "none", "when": "now", **fields}


@pytest.fixture
def quiet(world: World) -> World:
    """Only the rules that a test switches on: the hour it runs at must not matter."""
    rules_of(world.fjordkraft)
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)
    return world


def test_it_begins_with_the_story_one_question_and_an_empty_field(world: World, as_member: AsMember) -> None:
    page = as_member(world.pia).get(address(a_story(world))).content.decode()
    assert "Den første mølle står på havnen i Esbjerg." in page
    assert "Hvad gjorde du selv?" in page
    assert "Hvad overraskede dig?" not in page
    assert re.search(r'<textarea name="text"[^>]*own-words[^>]*>\s*</textarea>', page)


def test_another_question_keeps_what_is_written(quiet: World, as_member: AsMember) -> None:
    story, pia = a_story(quiet), as_member(quiet.pia)
    answer = pia.post(address(story), form(angle="2"), follow=True)
    page = answer.content.decode()
    assert "Hvad overraskede dig?" in page
    assert "løfte sig over Esbjerg havn" in page


def test_examples_are_marked_closed_and_cannot_be_taken_over_with_a_click(
    world: World, as_member: AsMember
) -> None:
    page = as_member(world.pia).get(address(a_story(world))).content.decode()
    before, _, _ = page.partition("Vi er stolte")
    opening = before[before.rindex("<details") :]
    assert " open" not in opening.split(">")[0]
    assert "Vi er stolte" not in page[: page.index("</form>", page.index('id="compose"'))]


@pytest.mark.parametrize("who", ["lene", "erik", "alma", "poul"])
def test_a_draft_is_seen_by_nobody_else(quiet: World, as_member: AsMember, who: str) -> None:
    story = a_story(quiet)
    as_member(quiet.pia).post(address(story), form(do="save"))
    assert Draft.objects.get().text == WORDS
    page = as_member(getattr(quiet, who)).get(address(story)).content.decode()
    assert "løfte sig" not in page


def test_writing_is_kept_and_judged_while_one_types(quiet: World, as_member: AsMember) -> None:
    Rule.objects.filter(kind="own_words").update(active=True)
    story = a_story(quiet)
    answer = as_member(quiet.pia).post(address(story, "check"), form(text=EXAMPLE, network="bluesky"))
    part = answer.content.decode()
    assert "<html" not in part
    assert "of 300 characters" in part
    assert "finding--warn" in part
    draft = Draft.objects.get()
    assert (draft.text, draft.network) == (EXAMPLE, "bluesky")


def test_changing_the_network_keeps_the_text(quiet: World, as_member: AsMember) -> None:
    story, pia = a_story(quiet), as_member(quiet.pia)
    for network in ("linkedin", "x", "mastodon"):
        pia.post(address(story, "check"), form(network=network))
    assert [(draft.network, draft.text) for draft in Draft.objects.all()] == [("mastodon", WORDS)]
    page = pia.get(address(story)).content.decode()
    assert re.search(r'value="mastodon"[^>]*checked', page)
    page = pia.get(address(story), {"network": "x"}).content.decode()
    assert re.search(r'value="x"[^>]*checked', page)
    assert "of 280 characters" in page


def test_half_a_form_keeps_the_text_too(quiet: World, as_member: AsMember) -> None:
    story = a_story(quiet)
    answer = as_member(quiet.pia).post(
        address(story), form(do="hand_over", when="later", planned_at="næste tirsdag", network="myspace")
    )
    assert answer.status_code == 422
    assert Draft.objects.get().text == WORDS
    assert Share.objects.count() == 0


def test_no_thanks_leaves_no_trace(quiet: World, as_member: AsMember) -> None:
    story, pia = a_story(quiet), as_member(quiet.pia)
    pia.post(address(story), form(do="save"))
    assert pia.post(address(story, "discard")).status_code == 302
    assert not Draft.objects.exists()
    assert not Share.objects.exists()


def test_a_warning_asks_once_and_then_lets_the_person_decide(quiet: World, as_member: AsMember) -> None:
    Rule.objects.filter(kind="disclosure").update(active=True)
    story, pia = a_story(quiet), as_member(quiet.pia)
    text = "I går løftede den første vinge sig over havnen, og jeg stod der."
    asked = pia.post(address(story), form(do="hand_over", text=text))
    assert Share.objects.count() == 0
    seen = re.search(r'name="seen" value="(\w+)"', asked.content.decode())
    assert seen
    # Other words are another question.
    assert (
        b'name="seen"'
        in pia.post(address(story), form(do="hand_over", text=f"{text} Og mere.", seen=seen[1])).content
    )
    done = pia.post(address(story), form(do="hand_over", text=text, seen=seen[1]))
    share = Share.objects.get()
    assert done.headers["Location"] == reverse("sharing:hand_over", args=[share.pk])
    assert share.disclosed is False


def test_a_blocking_rule_stops_it_however_often_one_says_yes(quiet: World, as_member: AsMember) -> None:
    Rule.objects.filter(kind="disclosure").update(active=True, blocks=True, block_ground="secrecy")
    story, pia = a_story(quiet), as_member(quiet.pia)
    answer = pia.post(
        address(story), form(do="hand_over", text="Den første vinge løftede sig i går.", seen="x")
    )
    assert answer.status_code == 422
    assert b'name="seen"' not in answer.content
    assert b"finding--block" in answer.content
    assert Share.objects.count() == 0
    assert Draft.objects.exists()


def test_too_long_for_the_network_is_stopped(quiet: World, as_member: AsMember) -> None:
    story = a_story(quiet)
    answer = as_member(quiet.pia).post(address(story), form(do="hand_over", network="x", text="ord " * 90))
    assert answer.status_code == 422
    assert b"finding--block" in answer.content
    assert Share.objects.count() == 0


def test_sharing_fixes_what_is_asked_about_later(quiet: World, as_member: AsMember) -> None:
    story = a_story(quiet)
    pia = as_member(quiet.pia)
    pia.post(address(story), form(do="save"))
    pia.post(address(story), form(do="hand_over"))
    share = Share.objects.get()
    assert (share.way, share.network, share.period) == ("hand_over", "linkedin", quiet.period)
    assert (share.own_words, share.own_share, share.disclosed, share.shows_person) == (True, 1.0, True, False)
    assert share.confirmed_at is None
    assert share.link.target == story.url
    utm = share.link.utm
    assert {key: utm[key] for key in ("utm_source", "utm_medium", "utm_campaign")} == {
        "utm_source": "linkedin", "utm_medium": "employee_advocacy", "utm_campaign": "hire-40-technicians",
    }  # fmt: skip
    assert str(quiet.pia.pk) != utm["utm_content"]
    assert len(utm["utm_content"]) == 10
    assert not Draft.objects.exists()


def test_a_button_pressed_twice_is_one_post(quiet: World, as_member: AsMember) -> None:
    an_account(quiet.pia)
    story, pia = a_story(quiet), as_member(quiet.pia)
    for _ in range(2):
        pia.post(address(story), form(do="post", network="bluesky"))
    assert Share.objects.count() == Delivery.objects.count() == 1


def test_a_planned_hand_over_is_reminded_of_when_it_is_due(quiet: World, as_member: AsMember) -> None:
    story, pia = a_story(quiet), as_member(quiet.pia)
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT10:30")
    pia.post(address(story), form(do="hand_over", when="later", planned_at=tomorrow))
    share = Share.objects.get()
    job = ProcrastinateJob.objects.get(task_name="genlyd.sharing.tasks.remind")
    assert (job.scheduled_at, job.args) == (share.planned_at, {"share_id": share.pk})
    Share.objects.update(planned_at=timezone.now())
    remind(share_id=share.pk)
    mail = Mail.objects.get()
    assert reverse("sharing:hand_over", args=[share.pk]) in str(vars(mail))
    cancel_share(share=share)
    remind(share_id=share.pk)
    assert Mail.objects.count() == 1


def test_with_an_account_genlyd_posts_it(quiet: World, as_member: AsMember) -> None:
    an_account(quiet.pia, followers=120)
    story = a_story(quiet)
    as_member(quiet.pia).post(address(story), form(do="post", network="bluesky"))
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.share.way, delivery.share.followers) == ("scheduled", "api", 120)


def test_an_account_that_needs_to_reconnect_is_not_used(quiet: World, as_member: AsMember) -> None:
    an_account(quiet.pia, needs_reconnect_since=timezone.now())
    page = as_member(quiet.pia).get(address(a_story(quiet)), {"network": "bluesky"}).content.decode()
    assert 'value="post"' not in page
    assert reverse("networks:accounts") in page


def test_a_colleagues_account_is_never_used(quiet: World, as_member: AsMember) -> None:
    an_account(quiet.poul)
    story = a_story(quiet)
    as_member(quiet.pia).post(address(story), form(do="post", network="bluesky"))
    assert Share.objects.get().way == "hand_over"


def test_a_chosen_time_is_kept_and_shown(quiet: World, as_member: AsMember) -> None:
    an_account(quiet.pia)
    story = a_story(quiet)
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT10:30")
    as_member(quiet.pia).post(
        address(story), form(do="post", network="bluesky", when="later", planned_at=tomorrow)
    )
    share = Share.objects.get()
    assert share.planned_at > timezone.now()
    assert share.deliveries.get().due_at == share.planned_at


def test_an_own_picture_is_taken_in_and_chosen(quiet: World, as_member: AsMember) -> None:
    story, data = a_story(quiet), io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(data, "PNG")
    data.seek(0)
    data.name = "kaj.png"
    pia = as_member(quiet.pia)
    pia.post(address(story), {**form(do="save", alt="Kajen i Esbjerg", shows_person="on"), "upload": data})
    draft = Draft.objects.get()
    assert draft.picture
    assert (draft.picture.alt, draft.picture.shows_person) == ("Kajen i Esbjerg", True)
    pia.post(address(story), form(do="hand_over", picture="own"))
    share = Share.objects.get()
    assert (share.picture, share.shows_person) == (draft.picture, True)


def test_a_file_that_only_calls_itself_a_picture_gets_a_clear_answer(
    quiet: World, as_member: AsMember
) -> None:
    story, data = a_story(quiet), io.BytesIO(b"en tekst, ikke et billede")
    data.name = "billede.png"
    answer = as_member(quiet.pia).post(address(story), {**form(do="save"), "upload": data})
    assert answer.status_code == 422
    assert b"This is not a picture, whatever its name says." in answer.content
    assert Draft.objects.get().text == WORDS


def test_a_picture_without_a_description_is_remarked_upon(quiet: World, as_member: AsMember) -> None:
    story = a_story(quiet, picture=a_picture(quiet, alt=""))
    part = as_member(quiet.pia).post(address(story, "check"), form(picture="story")).content.decode()
    assert "The picture has no description." in part


def test_who_has_withdrawn_consent_cannot_share(quiet: World, as_member: AsMember) -> None:
    Consent.objects.filter(member=quiet.pia).update(withdrawn_at=timezone.now())
    story = a_story(quiet)
    answer = as_member(quiet.pia).post(address(story), form(do="hand_over"))
    assert answer.status_code == 422
    assert Share.objects.count() == 0


@pytest.mark.parametrize("name", ["compose", "check", "discard"])
def test_a_story_of_another_organisation_does_not_exist(world: World, as_member: AsMember, name: str) -> None:
    assert as_member(world.oda).post(address(a_story(world), name)).status_code == 404


@pytest.mark.parametrize("name", ["check", "discard"])
def test_deeds_are_no_links(world: World, as_member: AsMember, name: str) -> None:
    assert as_member(world.pia).get(address(a_story(world), name)).status_code == 405


def test_markup_in_a_text_stays_text(quiet: World, as_member: AsMember) -> None:
    story = a_story(quiet)
    part = (
        as_member(quiet.pia)
        .post(address(story, "check"), form(text="<script>alert(1)</script> & så"))
        .content
    )
    assert b"<script>alert" not in part
    assert b"&lt;script&gt;" in part


@pytest.mark.parametrize("examples", [1, 3])
def test_query_count_does_not_grow(
    quiet: World, as_member: AsMember, django_assert_num_queries, examples: int
) -> None:
    story = a_story(quiet)
    for number in range(examples - 1):
        story.examples.create(text=f"Eksempel {number}")
        a_share(quiet.pia, story, text=f"{WORDS} {number}")
    pia = as_member(quiet.pia)
    pia.post(address(story, "check"), form(network="bluesky"))
    with django_assert_num_queries(15):
        pia.get(address(story))


def test_own_words_and_language_come_from_the_text(quiet: World) -> None:
    from genlyd.networks.registry import NETWORKS

    story = a_story(quiet)
    share = share_story(member=quiet.pia, story=story, network=NETWORKS["linkedin"], text=EXAMPLE)
    assert share.own_words is False
    assert share.own_share == 0.0
    assert share.language == "da"


def test_a_day_at_the_end_of_the_calendar_is_refused_kindly(quiet: World, as_member: AsMember) -> None:
    story, pia = a_story(quiet), as_member(quiet.pia)
    for name in ("compose", "check"):
        answer = pia.post(address(story, name), form(when="later", planned_at="9999-12-31T23:59"))
        assert answer.status_code in {200, 422}
    assert not Share.objects.exists()
