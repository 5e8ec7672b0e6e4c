"""Many colleagues, one story, the same minute: apart on networks that mind, and each at the time it was told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks import registry
from genlyd.sharing import checks
from genlyd.sharing.actions.change import edit_share
from genlyd.sharing.domain.spread import offset, room
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.words import standing
from tests.sharing.makers import WORDS, a_share, a_story, an_account
from tests.sharing.press import press_stands
from tests.world import World, a_member

FIVE = timedelta(minutes=5)
NINE = (timezone.now() + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def spreading(monkeypatch: pytest.MonkeyPatch) -> None:
    press_stands(monkeypatch, spread=FIVE)


def planned(world: World, name: str, story, at: datetime = NINE) -> Share:
    member = a_member(world.fjordkraft, name)
    return a_share(
        member, story, network="bluesky", account=an_account(member), planned_at=at, text=f"{WORDS} {name}"
    )


def due(share: Share) -> datetime:
    return share.deliveries.get().due_at


@given(st.text(max_size=40), st.integers(1, 1000))
def test_offset_is_within_and_always_the_same(key: str, seconds: int) -> None:
    within = timedelta(seconds=seconds)
    drawn = offset(key, within)
    assert timedelta(0) < drawn <= within
    assert drawn == offset(key, within)


def test_offsets_fill_the_time_evenly() -> None:
    drawn = [offset(f"share {number}", FIVE).total_seconds() for number in range(3000)]
    fifths = [sum(1 for each in drawn if low < each <= low + 60) for low in range(0, 300, 60)]
    assert min(fifths) > 500


def test_first_has_the_minute_to_itself_and_the_others_come_after(world: World) -> None:
    story = a_story(world)
    first, *others = [planned(world, f"Colleague{number}", story) for number in range(6)]
    assert due(first) == NINE
    assert all(NINE < due(other) <= NINE + FIVE for other in others)
    assert len({due(other) for other in others}) > 1
    # The plan says nine o'clock for everybody.
    assert {share.planned_at for share in [first, *others]} == {NINE}


@pytest.mark.parametrize("else_", ["story", "minute", "now", "cancelled", "own", "network without"])
def test_nothing_is_moved_without_need(world: World, monkeypatch: pytest.MonkeyPatch, else_: str) -> None:
    story = a_story(world)
    first = planned(world, "First", story)
    at = NINE
    match else_:
        case "story":
            story = a_story(world)
        case "minute":
            at = NINE + timedelta(minutes=1)
        case "now":
            at = timezone.now()
        case "cancelled":
            Share.objects.filter(pk=first.pk).update(cancelled_at=timezone.now())
        case "own":
            account = an_account(world.pia)
            Share.objects.filter(pk=first.pk).update(member=world.pia)
            mine = a_share(
                world.pia, story, network="bluesky", account=account, planned_at=at, text=f"{WORDS} Igen."
            )
            assert due(mine) == NINE
            return
        case _:
            press_stands(monkeypatch, spread=timedelta(0))
    second = planned(world, "Second", story, at)
    assert due(second) == second.planned_at


def test_story_that_ends_soon_is_told_before_its_end(world: World) -> None:
    story = a_story(world, expires_at=NINE + timedelta(minutes=2))
    shares = [planned(world, f"Colleague{number}", story) for number in range(4)]
    assert max(due(share) for share in shares) <= NINE + timedelta(minutes=1)
    assert room(NINE, FIVE, NINE) == timedelta(0)


def test_other_words_do_not_move_a_post_and_another_time_does(world: World) -> None:
    story = a_story(world)
    first, second = planned(world, "First", story), planned(world, "Second", story)
    was = due(second)
    edit_share(share=second, text=f"{WORDS} Andre ord.", planned_at=NINE)
    edit_share(share=first, text=f"{WORDS} Andre ord her.", planned_at=NINE)
    assert Delivery.objects.get(share=second, state="scheduled").due_at == was
    assert Delivery.objects.get(share=first, state="scheduled").due_at == NINE
    edit_share(share=first, text=first.text, planned_at=NINE + timedelta(hours=1))
    assert Delivery.objects.get(share=first, state="scheduled").due_at == NINE + timedelta(hours=1)


def test_person_reads_between_which_times_it_goes_out(world: World) -> None:
    story = a_story(world)
    first, second = planned(world, "First", story), planned(world, "Second", story)
    with timezone.override(ZoneInfo("Europe/Copenhagen")):
        told = [
            standing(share, share.deliveries.get(), now=timezone.now()).sentence for share in (first, second)
        ]
        nine, later = (timezone.localtime(at).strftime("%H").lstrip("0") for at in (NINE, NINE + FIVE))
    assert told[0] == ""
    assert "Goes out between" in str(told[1])
    assert f"{int(nine) % 12 or 12}" in str(told[1])
    assert f"{int(later) % 12 or 12}:05" in str(told[1])


def test_composer_says_it_before_it_is_planned(world: World, as_member) -> None:
    story = a_story(world)
    planned(world, "First", story)
    an_account(world.pia)
    form = {
        "network": "bluesky", "text": WORDS, "picture": "none", "when": "later",
        "planned_at": timezone.localtime(NINE, ZoneInfo("Europe/Copenhagen")).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    check = reverse("sharing:check", args=[story.pk])
    assert "Yours goes out between" in as_member(world.pia).post(check, form).content.decode()
    assert "Yours goes out" not in as_member(world.pia).post(check, {**form, "when": "now"}).content.decode()


def test_quiet_hours_are_asked_of_the_time_that_was_chosen(world: World) -> None:
    """Five minutes past the chosen time may be one too many for a rule that was kept when the time was chosen."""
    story = a_story(world)
    share = planned(world, "First", story, timezone.now() - timedelta(minutes=4))
    Share.objects.filter(pk=share.pk).update(planned_at=NINE)
    share.refresh_from_db()
    meant = checks._meant
    assert meant(share, NINE + timedelta(minutes=4)) == NINE
    assert meant(share, NINE + timedelta(minutes=8)) == NINE + timedelta(minutes=8)
    assert meant(share, NINE - timedelta(minutes=1)) == NINE - timedelta(minutes=1)


def test_networks_that_mind_say_so() -> None:
    spreads = {key: network.spread for key, network in registry.NETWORKS.items() if key in {"x", "linkedin"}}
    assert spreads == {"x": timedelta(minutes=15), "linkedin": FIVE}


@pytest.mark.parametrize(
    ("zone", "typed", "instant"),
    [
        ("", "2027-03-01T09:00", datetime(2027, 3, 1, 8, tzinfo=UTC)),
        ("America/New_York", "2027-03-01T09:00", datetime(2027, 3, 1, 14, tzinfo=UTC)),
        ("America/New_York", "2027-03-20T09:00", datetime(2027, 3, 20, 13, tzinfo=UTC)),
    ],
)
def test_person_plans_on_their_own_wall_and_reads_the_same_time_again(
    world: World, as_member, zone: str, typed: str, instant: datetime
) -> None:
    """New York changes its clocks two weeks before Copenhagen: in between they are five hours apart, not six."""
    story = a_story(world)
    world.pia.user.time_zone = zone
    world.pia.user.save()
    an_account(world.pia)
    form = {
        "network": "bluesky",
        "text": WORDS,
        "picture": "none",
        "when": "later",
        "planned_at": typed,
        "do": "post",
    }
    browser = as_member(world.pia)
    page = browser.post(reverse("sharing:compose", args=[story.pk]), form)
    if page.status_code == 200:
        seen = page.context["composer"].fingerprint
        browser.post(reverse("sharing:compose", args=[story.pk]), {**form, "seen": seen})
    share = Share.objects.get()
    assert share.planned_at == instant == due(share)
    edit = browser.get(reverse("sharing:edit", args=[share.pk])).content.decode()
    assert f'value="{typed}"' in edit


def test_person_chooses_a_zone_of_their_own(world: World, as_member) -> None:
    browser = as_member(world.pia)
    said = {"name": "Pia", "title": "", "language": "en", "time_zone": "America/New_York"}
    assert browser.post(reverse("people:me"), said).status_code == 302
    world.pia.user.refresh_from_db()
    assert world.pia.user.time_zone == "America/New_York"
    assert browser.post(reverse("people:me"), {**said, "time_zone": "Mars/Olympus"}).status_code == 200
