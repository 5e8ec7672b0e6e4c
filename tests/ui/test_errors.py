from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import defaults


def test_a_page_that_is_not_here_says_what_to_do(world, as_member):
    answer = as_member(world.pia).get("/nowhere/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_the_page_for_our_own_faults_needs_no_database_and_no_person():
    # No db fixture: any query raises.
    answer = defaults.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


def test_a_request_nobody_understands_says_what_to_do(db):
    assert "<h1>" in defaults.bad_request(RequestFactory().get("/"), ValueError()).content.decode()


def test_error_pages_speak_danish():
    with translation.override("da"):
        html = defaults.server_error(RequestFactory().get("/")).content.decode()
    assert "Noget gik galt hos os" in html
    assert 'lang="da"' in html


def test_a_refused_page_says_so(db):
    answer = defaults.permission_denied(RequestFactory().get("/"), PermissionDenied())
    assert answer.status_code == 403
    assert "<h1>" in answer.content.decode()


def test_a_form_without_its_token_says_that_nothing_was_saved(db):
    answer = Client(enforce_csrf_checks=True).post("/choose/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()
