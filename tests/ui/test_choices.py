from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


def test_a_theme_is_kept_in_a_cookie_and_drawn_by_the_server(db):
    client = Client()
    answer = client.post(
        reverse("ui:theme"), {"theme": "dark"}, headers={"referer": "http://testserver/somewhere/"}
    )
    assert answer.headers["Location"] == "http://testserver/somewhere/"
    assert answer.cookies["theme"]["httponly"]
    assert 'data-theme="dark"' in client.get("/nowhere/").content.decode()


def test_what_is_no_theme_is_not_kept(db):
    answer = Client().post(reverse("ui:theme"), {"theme": '"><script>'})
    assert "theme" not in answer.cookies


def test_a_forged_cookie_is_not_drawn(db):
    client = Client()
    client.cookies["theme"] = "x"
    assert "data-theme" not in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("name", ["ui:theme", "ui:language"])
def test_a_choice_is_a_post(name, db):
    assert Client().get(reverse(name)).status_code == 405


def test_a_choice_never_leads_away_from_the_site(db):
    answer = Client().post(reverse("ui:theme"), {"theme": "dark", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_a_language_is_kept_for_who_is_signed_in(world, as_member):
    as_member(world.pia).post(reverse("ui:language"), {"language": "da"})
    world.pia.user.refresh_from_db()
    assert world.pia.user.language == "da"


def test_a_language_we_do_not_speak_is_not_kept(world, as_member):
    as_member(world.pia).post(reverse("ui:language"), {"language": "de"})
    world.pia.user.refresh_from_db()
    assert world.pia.user.language == "en"


def test_nobody_may_choose_a_language_too(db):
    client = Client()
    client.post(reverse("ui:language"), {"language": "da"})
    assert 'lang="da"' in client.get("/nowhere/").content.decode()
