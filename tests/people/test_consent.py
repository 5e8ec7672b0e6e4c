from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.test import Client

from genlyd.people.actions.consent import current_text, give_consent, withdraw_consent, write_text
from genlyd.people.models import Consent
from genlyd.people.queries import taking_part
from tests.world import World

AsMember = Callable[..., Client]


def never_asked(world: World) -> None:
    Consent.objects.filter(member=world.pia).delete()


def test_participant_is_asked_before_anything_else(world: World, as_member: AsMember) -> None:
    never_asked(world)
    pia = as_member(world.pia)
    assert pia.get("/me/?x=1").headers["Location"] == "/consent/?next=%2Fme%2F%3Fx%3D1"
    assert "Taking part is voluntary." in pia.get("/consent/?next=/me/").content.decode()


def test_one_click_gives_and_one_click_withdraws(world: World, as_member: AsMember) -> None:
    never_asked(world)
    pia, text = as_member(world.pia), current_text(world.fjordkraft)
    assert pia.post("/consent/give/", {"text": text.pk, "next": "/me/?x=1"}).headers["Location"] == "/me/?x=1"
    given = Consent.objects.get(member=world.pia)
    assert (given.text, given.withdrawn_at, world.pia in taking_part(world.fjordkraft)) == (text, None, True)
    pia.post("/consent/withdraw/")
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert world.pia not in taking_part(world.fjordkraft)
    assert pia.get("/me/").status_code == 200


def test_not_now_is_not_asked_again_and_leaves_no_row(world: World, as_member: AsMember) -> None:
    never_asked(world)
    pia = as_member(world.pia)
    assert pia.post("/consent/later/", {"next": "/me/"}).headers["Location"] == "/me/"
    assert pia.get("/me/").status_code == 200
    assert not Consent.objects.filter(member=world.pia).exists()


def test_next_leads_nowhere_else(world: World, as_member: AsMember) -> None:
    answer = as_member(world.pia).post("/consent/later/", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_somebody_with_a_duty_is_not_held_up(world: World, as_member: AsMember) -> None:
    Consent.objects.filter(member=world.lene).delete()
    assert as_member(world.lene).get("/people/").status_code == 200


def test_new_wording_is_a_new_version_and_the_old_yes_stays_until_the_new_one(world: World) -> None:
    newer = write_text(organisation=world.fjordkraft, text="A new wording.", by=world.alma)
    assert newer.version == 2
    assert write_text(organisation=world.fjordkraft, text="A new wording.", by=world.alma) == newer
    assert world.pia in taking_part(world.fjordkraft)
    give_consent(member=world.pia, text=newer)
    kept = (
        Consent.objects.filter(member=world.pia).order_by("pk").values_list("text__version", "withdrawn_at")
    )
    assert [(version, ended is None) for version, ended in kept] == [(1, False), (2, True)]


def test_yes_to_the_text_of_another_organisation_is_not_found(world: World, as_member: AsMember) -> None:
    theirs = current_text(world.havblik)
    assert as_member(world.pia).post("/consent/give/", {"text": theirs.pk}).status_code == 404
    assert as_member(world.pia).post("/consent/give/", {"text": "x"}).status_code == 404


def test_giving_and_withdrawing_are_repeatable(world: World) -> None:
    text = current_text(world.fjordkraft)
    assert give_consent(member=world.pia, text=text) == give_consent(member=world.pia, text=text)
    assert [withdraw_consent(member=world.pia), withdraw_consent(member=world.pia)] == [True, False]


def test_database_refuses_a_second_consent_in_force(world: World) -> None:
    text = current_text(world.fjordkraft)
    with pytest.raises(IntegrityError):
        Consent.objects.create(organisation=world.fjordkraft, member=world.pia, text=text)


def test_administrator_writes_the_text(world: World, as_member: AsMember) -> None:
    as_member(world.alma).post("/organisation/consent/", {"text": "Our own words."})
    assert current_text(world.fjordkraft).text == "Our own words."
    assert current_text(world.havblik).version == 1
