"""Asks every page the questions that are the same for all: see tests/walk.py."""

from collections.abc import Callable

import pytest
from django.test import Client

from genlyd.people.models import Role
from tests.walk import Page, examples, not_owned, our_pages
from tests.world import World

ROLES = {"administrator", "lead", "editor", "participant"}
#: Pages that need somebody, and for which there is an object to ask for.
CLOSED = [
    page
    for page in our_pages()
    if page.access not in ("public", "") and (not page.converters or page.name in examples())
]
WITH_IDS = [page for page in CLOSED if page.converters]
FOR_ROLES = [page for page in CLOSED if page.access != "member" and "participant" not in page.access]
AskAs = Callable[..., Client]


def names(pages: list[Page]) -> list[str]:
    return [page.name for page in pages]


def test_every_page_says_who_may_ask() -> None:
    known = {"public", "member"}
    assert [
        page.name
        for page in our_pages()
        if page.access not in known and not set(page.access.split("|")) <= ROLES
    ] == []


def test_every_url_with_an_id_has_an_example() -> None:
    given = examples().keys() | not_owned().keys()
    assert [page.name for page in our_pages() if page.converters and page.name not in given] == []


def test_no_example_is_for_a_url_that_is_gone() -> None:
    assert sorted((examples().keys() | not_owned().keys()) - set(names(our_pages()))) == []


@pytest.mark.parametrize("page", WITH_IDS, ids=names(WITH_IDS))
def test_member_of_another_organisation_gets_404(page: Page, world: World, as_member: AskAs) -> None:
    url, oda = page.url(world), as_member(world.oda)
    # A page that only takes POST may answer a GET with 405: that says nothing about the object.
    answers = {oda.get(url).status_code, oda.post(url).status_code, oda.get(url, headers=HTMX).status_code}
    assert answers <= {404, 405}
    assert 404 in answers


@pytest.mark.parametrize("page", CLOSED, ids=names(CLOSED))
def test_who_is_not_signed_in_is_asked_to(page: Page, world: World, as_member: AskAs) -> None:
    url, nobody = page.url(world), as_member(None)
    for response in (nobody.get(url), nobody.post(url)):
        if response.status_code != 405:
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("page", FOR_ROLES, ids=names(FOR_ROLES))
def test_participant_gets_404_where_a_role_is_needed(page: Page, world: World, as_member: AskAs) -> None:
    url, pia = page.url(world), as_member(world.pia)
    assert {pia.get(url).status_code, pia.post(url).status_code} <= {404, 405}


HTMX = {"HX-Request": "true"}


ASKABLE = [page for page in our_pages() if not page.converters or page.name in examples()]


@pytest.mark.parametrize("page", ASKABLE, ids=names(ASKABLE))
def test_page_opens_for_somebody_who_may_everything(page: Page, world: World, as_member: AskAs) -> None:
    Role.objects.bulk_create(Role(member=world.alma, kind=kind) for kind in ("lead", "editor", "participant"))
    url = page.url(world)
    # A page may lead on, take only POST, or not exist at this moment; it may not break.
    assert as_member(world.alma).get(url).status_code in {200, 204, 302, 304, 404, 405}
