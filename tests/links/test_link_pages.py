"""Pages of links outside shares: whose they are, what they show, and what one can do there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from genlyd.base.errors import Refused
from genlyd.links.actions.outside import Wish, make_outside_link
from genlyd.links.models import Link
from genlyd.people.models import Consent
from genlyd.programmes.models import Period, Seat
from tests.links.makers import a_house_link, an_own_link, visited
from tests.sharing.makers import a_share, a_story
from tests.world import World

AskAs = Callable[..., Client]
MINE, HOUSE = "/links/", "/links/house/"
WISH = {"target": "https://fjordkraft.example/job", "label": "Under my mails", "slug": "", "last_day": ""}


def test_own_links_are_seen_by_their_owner_alone(world: World, as_member: AskAs) -> None:
    link = an_own_link(world.pia)
    visited(link, people=3, days_ago=2)
    assert "3 visits" in as_member(world.pia).get(MINE).content.decode()
    assert "Under my mails" not in as_member(world.poul).get(MINE).content.decode()
    assert "Under my mails" not in as_member(world.lene).get(HOUSE).content.decode()
    for colleague in (world.poul, world.lene, world.alma):
        for page in ("", "change/", "qr.svg", "qr.png"):
            assert as_member(colleague).get(f"/links/{link.pk}/{page}").status_code == 404


def test_house_links_are_for_those_who_edit(world: World, as_member: AskAs) -> None:
    link = a_house_link(world)
    for colleague, status in ((world.erik, 200), (world.lene, 200), (world.pia, 404), (world.oda, 404)):
        assert as_member(colleague).get(f"/links/{link.pk}/").status_code == status
    assert as_member(world.pia).get(HOUSE).status_code == 404
    assert "Poster" in as_member(world.erik).get(HOUSE).content.decode()
    assert "Poster" not in as_member(world.oda).get(HOUSE).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_however_long(
    rows: int, world: World, as_member: AskAs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        visited(a_house_link(world, label=f"Poster {number}"), people=number)
    erik = as_member(world.erik)
    erik.get(HOUSE)
    with django_assert_num_queries(9):
        erik.get(HOUSE)


def test_a_list_can_be_searched(world: World, as_member: AskAs) -> None:
    a_house_link(world, label="Poster")
    a_house_link(world, label="Job ad", target="https://fjordkraft.example/svejser")
    page = as_member(world.erik).get(HOUSE, {"q": "svejser"}).content.decode()
    assert "Job ad" in page
    assert "Poster" not in page
    assert "Nothing found" in as_member(world.erik).get(HOUSE, {"q": "nothing like it\x00"}).content.decode()


def test_a_person_makes_a_link_of_their_own(world: World, as_member: AskAs) -> None:
    answer = as_member(world.pia).post("/links/new/", {**WISH, "kind": "signature", "slug": "Pia Vind"})
    link = Link.objects.get()
    assert answer.headers["Location"] == f"/links/{link.pk}/"
    assert (link.member, link.kind, link.slug) == (world.pia, "signature", "pia-vind")
    assert link.utm["utm_source"] == "signature"


def test_a_person_cannot_make_one_of_the_house(world: World, as_member: AskAs) -> None:
    assert as_member(world.pia).post("/links/new/", {**WISH, "kind": "print"}).status_code == 422
    assert as_member(world.pia).post("/links/house/new/", {**WISH, "kind": "print"}).status_code == 404
    assert not Link.objects.exists()


def test_who_has_not_said_yes_makes_no_link_that_counts_them(world: World, as_member: AskAs) -> None:
    Consent.objects.filter(member=world.erik).update(withdrawn_at=timezone.now())
    answer = as_member(world.erik).post("/links/new/", {**WISH, "kind": "signature"})
    assert answer.status_code == 422
    assert "Taking part is voluntary" in answer.content.decode()


def test_a_taken_ending_is_refused_with_free_ones(world: World, as_member: AskAs) -> None:
    a_house_link(world, slug="aabent-hus")
    answer = as_member(world.erik).post("/links/house/new/", {**WISH, "kind": "print", "slug": "Åbent hus"})
    assert answer.status_code == 422
    assert "aabent-hus-2" in answer.content.decode()


def test_a_changed_link_leads_elsewhere_under_the_same_address(world: World, as_member: AskAs) -> None:
    link = a_house_link(world, slug="messe")
    tomorrow = (timezone.now() + timedelta(days=1)).date().isoformat()
    sent = {
        "target": "https://fjordkraft.example/ny",
        "label": "Stand",
        "slug": "messe",
        "last_day": tomorrow,
    }
    assert as_member(world.erik).post(f"/links/{link.pk}/change/", sent).status_code == 302
    link.refresh_from_db()
    assert (link.target, link.label, link.slug) == (
        "https://fjordkraft.example/ny",
        "Stand",
        "messe",
    )
    assert link.expires_at is not None


def test_a_link_cannot_be_over_before_it_begins(world: World, as_member: AskAs) -> None:
    link = a_house_link(world)
    answer = as_member(world.erik).post(f"/links/{link.pk}/change/", {**WISH, "last_day": "2020-01-01"})
    assert answer.status_code == 422
    assert "Choose a later day" in answer.content.decode()


def test_closing_can_be_undone(world: World, as_member: AskAs) -> None:
    link, pia = an_own_link(world.pia), as_member(world.pia)
    pia.post(f"/links/{link.pk}/retire/")
    link.refresh_from_db()
    assert link.retired_at is not None
    assert "Open the link again" in pia.get(f"/links/{link.pk}/").content.decode()
    pia.post(f"/links/{link.pk}/reopen/")
    link.refresh_from_db()
    assert link.retired_at is None


def test_a_shares_link_shows_its_code_and_cannot_be_changed(world: World, as_member: AskAs) -> None:
    share, pia = a_share(world.pia, a_story(world)), as_member(world.pia)
    assert share.link is not None
    page = f"/links/{share.link.pk}/"
    assert f'href="{page}"' in pia.get("/share/mine/").content.decode()
    assert f"{page}qr.svg" in pia.get(page).content.decode()
    assert pia.get(f"{page}change/").status_code == 404
    assert pia.post(f"{page}retire/").status_code == 404
    assert as_member(world.lene).get(page).status_code == 404


def test_a_link_is_made_for_a_period(world: World, as_member: AskAs) -> None:
    erik = as_member(world.erik)
    form = erik.get("/links/house/new/").content.decode()
    assert "This quarter · Hire 40 technicians" in form
    sent = {**WISH, "kind": "print", "made_for": str(world.period.pk)}
    assert erik.post("/links/house/new/", sent).status_code == 302
    link = Link.objects.get()
    assert (link.made_for, link.created_by, link.campaign) == (world.period.pk, world.erik, None)
    assert "This quarter · Hire 40 technicians" in erik.get(f"/links/{link.pk}/").content.decode()
    # When the period is over the link keeps it, and no other link gets it.
    Period.objects.filter(pk=world.period.pk).update(closed_at=timezone.now())
    assert "This quarter" not in erik.get("/links/house/new/").content.decode()
    assert erik.post("/links/house/new/", sent).status_code == 422
    assert erik.post(f"/links/{link.pk}/change/", {**sent, "slug": link.slug}).status_code == 302
    link.refresh_from_db()
    assert link.made_for == world.period.pk
    assert erik.post(f"/links/{link.pk}/change/", {**sent, "made_for": ""}).status_code == 302
    link.refresh_from_db()
    assert link.made_for is None


def test_only_periods_that_are_theirs_are_offered(world: World, as_member: AskAs) -> None:
    for colleague, offered in ((world.pia, True), (world.alma, True), (world.oda, False)):
        page = as_member(colleague).get("/links/new/").content.decode()
        assert ("This quarter" in page) is offered
    Seat.objects.filter(member=world.pia).update(left_at=timezone.now())
    pia = as_member(world.pia)
    assert "For the period" not in pia.get("/links/new/").content.decode()
    with pytest.raises(Refused):
        make_outside_link(
            by=world.pia, kind="badge", now=timezone.now(),
            wish=Wish(target="https://a.dk", made_for=world.period.pk),
        )  # fmt: skip
    assert not Link.objects.exists()
    # A draft is for those who plan it.
    Period.objects.filter(pk=world.period.pk).update(opened_at=None)
    Seat.objects.filter(member=world.pia).update(left_at=None)
    assert "For the period" not in pia.get("/links/new/").content.decode()
    assert "For the period" in as_member(world.erik).get("/links/house/new/").content.decode()
