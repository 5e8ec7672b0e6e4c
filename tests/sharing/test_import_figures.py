from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from genlyd.networks.domain.figures import Metric
from genlyd.people.models import Consent
from genlyd.sharing.actions.import_figures import forget_old_imports
from genlyd.sharing.actions.note_figures import note_figures
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.models import FigureImport, PostReading, Share
from genlyd.sharing.models.readings import Quality
from tests.networks.linkedin.files import one_post, period, shares_csv, workbook
from tests.sharing.makers import WORDS, a_share, a_story, an_account
from tests.world import World

AsMember = Callable[..., Client]
UPLOAD = "/sharing/mine/linkedin/"
HOME = "https://www.linkedin.com/feed/update/urn:li:share"


@pytest.fixture
def pia(world: World, as_member: AsMember) -> Client:
    return as_member(world.pia)


def number(at: Any = None, count: int = 1) -> int:
    """As LinkedIn numbers a post that is made at this time."""
    return int((at or timezone.now()).timestamp() * 1000) << 22 | count


def posted(world: World, *, text: str = WORDS, address: str = "", **fields: Any) -> Share:
    share = a_share(world.pia, a_story(world), text=text, **fields)
    if address:
        share.permalink, share.confirmed_at, share.confirmed_by_api = address, timezone.now(), False
        share.save()
    return share


def bring(client: Client, content: bytes, name: str = "AggregateAnalytics_Pia.xlsx") -> HttpResponse:
    return client.post(reverse("sharing:import"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def take_in(client: Client, *shares: Share) -> FigureImport:
    imported = FigureImport.objects.latest("pk")
    client.post(
        reverse("sharing:import_confirm", args=[imported.pk]), {"share": [share.pk for share in shares]}
    )
    imported.refresh_from_db()
    return imported


def known(share: Share) -> dict[str, tuple[int, str]]:
    rows = PostReading.objects.filter(share_id=share.pk, until=None)
    return {row.metric: (row.value, row.quality) for row in rows}


def day(when: Any) -> str:
    return f"{when.month}/{when.day}/{when.year}"


def a_period(*posts: tuple[str, str, str, str], ends: int = 1) -> bytes:
    now = timezone.now()
    window = f"{day(now - timedelta(days=90))} - {day(now - timedelta(days=ends))}"
    return period(posts, window=window)


def test_a_period_s_figures_are_reported_once_they_are_confirmed_and_gone_once_taken_back(
    world: World, pia: Client
) -> None:
    address = f"{HOME}:{number()}/"
    share = posted(world, address=address)
    now = day(timezone.now())
    page = bring(pia, a_period((address, now, "14", "1,020"), (f"{HOME}:7141234567890123456", now, "1", "2")))
    assert "the same address" in page.content.decode()
    assert "1 other post" in page.content.decode()
    assert known(share) == {}
    imported = take_in(pia, share)
    assert known(share) == {
        Metric.IMPRESSIONS: (1020, Quality.REPORTED), Metric.ENGAGEMENTS: (14, Quality.REPORTED),
    }  # fmt: skip
    pia.post(reverse("sharing:import_undo", args=[imported.pk]))
    assert known(share) == {}
    share.refresh_from_db()
    assert share.permalink == address


def test_taking_back_gives_back_what_was_known_before(world: World, pia: Client) -> None:
    address = f"{HOME}:{number()}/"
    share = posted(world, address=address)
    note_figures(
        organisation_id=share.organisation_id, by_share={share.pk: {Metric.IMPRESSIONS: 7}},
        at=timezone.now() - timedelta(days=9), quality=Quality.REPORTED, source="typed",
    )  # fmt: skip
    bring(pia, one_post(address, Impressions="50", Reactions="4"), "SinglePostAnalytics_Pia.xlsx")
    imported = take_in(pia, share)
    assert known(share)[Metric.IMPRESSIONS] == (50, Quality.REPORTED)
    pia.post(reverse("sharing:import_undo", args=[imported.pk]))
    assert known(share) == {Metric.IMPRESSIONS: (7, Quality.REPORTED)}
    again = pia.post(reverse("sharing:import_undo", args=[imported.pk]), follow=True)
    assert "nothing to take back" in again.content.decode()


def test_shares_csv_finds_what_was_posted_by_hand_and_undo_asks_again(world: World, pia: Client) -> None:
    share = posted(world)
    link = f"{HOME}:{number()}"
    at = timezone.now().strftime("%Y-%m-%d %H:%M:%S")
    page = bring(pia, shares_csv([(at, link, f"{WORDS}\nOg mere", share.link.url)]), "Shares.csv")
    assert "your own link" in page.content.decode()
    assert "counts as posted" in page.content.decode()
    imported = take_in(pia, share)
    share.refresh_from_db()
    share.link.refresh_from_db()
    assert (share.confirmed_by_api, share.permalink) == (False, link)
    assert share.link.published_at == share.confirmed_at
    pia.post(reverse("sharing:import_undo", args=[imported.pk]))
    share.refresh_from_db()
    assert (share.confirmed_at, share.permalink) == (None, "")


def test_the_same_words_fill_in_the_address_of_a_confirmed_post(world: World, pia: Client) -> None:
    share = posted(world)
    Share.objects.filter(pk=share.pk).update(confirmed_at=timezone.now(), confirmed_by_api=False)
    link = f"{HOME}:{number()}"
    bring(pia, shares_csv([("2026-11-09 07:02:11", link, WORDS, "")]), "Shares.csv")
    imported = take_in(pia, share)
    share.refresh_from_db()
    assert share.permalink == link
    pia.post(reverse("sharing:import_undo", args=[imported.pk]))
    share.refresh_from_db()
    assert (share.permalink, share.confirmed_at is not None) == ("", True)


def test_a_post_in_doubt_is_settled_by_linkedin_s_own_list(world: World, pia: Client) -> None:
    account = an_account(world.pia, network="linkedin")
    share = a_share(world.pia, a_story(world), account=account)
    delivery = share.deliveries.get()
    type(delivery).objects.filter(pk=delivery.pk).update(state=State.ASK_PERSON)
    link = f"{HOME}:{number()}"
    bring(pia, shares_csv([("2026-11-09 07:02:11", link, WORDS, "")]), "Shares.csv")
    take_in(pia, share)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.permalink) == ("published", link)


def test_a_post_by_the_time_alone_is_not_ticked(world: World, pia: Client) -> None:
    share = posted(world)
    page = bring(
        pia,
        a_period(
            (f"{HOME}:{number(share.created_at + timedelta(minutes=3))}", day(timezone.now()), "1", "9")
        ),
    )
    content = page.content.decode()
    assert "only the time" in content
    assert f'value="{share.pk}"' in content
    assert "checked" not in content
    # Nothing ticked, nothing done:
    imported = FigureImport.objects.get()
    pia.post(reverse("sharing:import_confirm", args=[imported.pk]))
    imported.refresh_from_db()
    assert imported.confirmed_at is None


def test_figures_that_leave_out_a_post_s_first_days_are_left_out(world: World, pia: Client) -> None:
    address = f"{HOME}:{number()}/"
    share = posted(world, address=address)
    early = day(timezone.now() - timedelta(days=200))
    page = bring(pia, a_period((address, early, "14", "1,020")))
    assert "longer period" in page.content.decode()
    take_in(pia, share)
    assert known(share) == {}


def test_an_older_file_does_not_overrule_a_newer_one(world: World, pia: Client) -> None:
    address = f"{HOME}:{number()}/"
    share = posted(world, address=address)
    bring(pia, one_post(address, Impressions="50"))
    take_in(pia, share)
    bring(pia, a_period((address, day(timezone.now()), "1", "30")))
    imported = take_in(pia, share)
    assert known(share)[Metric.IMPRESSIONS][0] == 50
    pia.post(reverse("sharing:import_undo", args=[imported.pk]))
    assert known(share)[Metric.IMPRESSIONS][0] == 50


def test_nothing_but_matched_posts_is_kept(world: World, pia: Client) -> None:
    share = posted(world)
    secret = "Et opslag om noget helt andet, som ikke vedkommer nogen her."
    bring(pia, shares_csv([
        ("2026-11-09 07:02:11", f"{HOME}:{number()}", WORDS, ""),
        ("2026-11-09 07:02:11", f"{HOME}:{number(count=2)}", secret, ""),
    ]), "Shares.csv")  # fmt: skip
    imported = FigureImport.objects.get()
    assert (len(imported.rows), imported.others) == (1, 1)
    assert "vedkommer" not in str(imported.rows)
    assert WORDS not in str(imported.rows)
    assert imported.rows[0]["share"] == share.pk


def test_followers_of_the_connected_account(world: World, pia: Client) -> None:
    account = an_account(
        world.pia, network="linkedin", followers=10, followers_at=timezone.now() - timedelta(days=30)
    )
    address = f"{HOME}:{number()}/"
    share = posted(world, address=address)
    bring(pia, a_period((address, day(timezone.now()), "1", "9")))
    imported = take_in(pia, share)
    account.refresh_from_db()
    assert account.followers == 1234
    pia.post(reverse("sharing:import_undo", args=[imported.pk]))
    account.refresh_from_db()
    assert account.followers == 10


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook({"Ark1": [["Navn"], ["Pia"]]}), "not figures of your own posts"),
        (b"PK\x03\x04", "cannot be read"),
        (b"\xd0\xcf\x11\xe0", "password"),
        (b"a" * (5 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_is_none_says_what_to_bring(pia: Client, content: bytes, words: str) -> None:
    page = bring(pia, content)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not FigureImport.objects.exists()


def test_who_takes_no_part_brings_nothing(world: World, pia: Client) -> None:
    Consent.objects.filter(member=world.pia).update(withdrawn_at=timezone.now())
    page = bring(pia, a_period((f"{HOME}:{number()}", day(timezone.now()), "1", "9")))
    assert not FigureImport.objects.exists()
    assert page.status_code in {200, 422}


@pytest.mark.parametrize("who", ["lene", "alma", "erik", "poul", "oda"])
@pytest.mark.parametrize("name", ["import_preview", "import_confirm", "import_undo", "import_discard"])
def test_an_import_is_its_member_s_alone(world: World, as_member: AsMember, who: str, name: str) -> None:
    imported = FigureImport.objects.create(
        organisation=world.fjordkraft, member=world.pia, kind="post", as_of=timezone.now()
    )
    client = as_member(getattr(world, who))
    address = reverse(f"sharing:{name}", args=[imported.pk])
    assert client.post(address).status_code in {404, 405}
    assert client.get(address).status_code in {404, 405}


def test_another_member_s_posts_are_no_part_of_my_file(world: World, pia: Client) -> None:
    address = f"{HOME}:{number()}/"
    share = a_share(world.poul, a_story(world))
    Share.objects.filter(pk=share.pk).update(
        permalink=address, confirmed_at=timezone.now(), confirmed_by_api=False
    )
    bring(pia, a_period((address, day(timezone.now()), "1", "9")))
    assert FigureImport.objects.get().rows == []
    # And a forged choice changes nothing.
    take_in(pia, share)
    assert known(share) == {}


def test_a_file_is_thrown_away_and_old_ones_are_forgotten(world: World, pia: Client) -> None:
    bring(pia, a_period((f"{HOME}:{number()}", day(timezone.now()), "1", "9")))
    imported = FigureImport.objects.get()
    assert forget_old_imports(now=timezone.now() + timedelta(days=29)) == 0
    pia.post(reverse("sharing:import_discard", args=[imported.pk]))
    assert not FigureImport.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_grow(
    world: World, pia: Client, django_assert_num_queries: Any, rows: int
) -> None:
    posts = []
    for count in range(rows):
        address = f"{HOME}:{number(count=count)}/"
        posted(world, text=f"{WORDS} {count}", address=address)
        posts.append((address, day(timezone.now()), "1", "9"))
    bring(pia, a_period(*posts))
    address = reverse("sharing:import_preview", args=[FigureImport.objects.get().pk])
    pia.get(address)
    with django_assert_num_queries(6):
        assert pia.get(address).content.decode().count('type="checkbox"') == rows
