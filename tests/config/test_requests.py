from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from pytest_django import Settings

from genlyd.config.logs import WithoutSecrets, without_secrets
from tests.world import World


def test_alive_answers_without_database_and_whatever_the_host() -> None:
    answer = Client().get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_ready_says_the_database_is_migrated() -> None:
    assert Client().get("/readyz").content == b"ready\n"


@pytest.mark.django_db
def test_every_page_carries_its_safety_headers() -> None:
    answer = Client().get("/account/login/")
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_request_has_a_name_and_only_a_trusted_proxy_may_give_it(settings: Settings) -> None:
    theirs = {"X-Request-ID": "abcdef123456"}
    assert Client().get("/account/login/", headers=theirs)["X-Request-ID"] != "abcdef123456"
    settings.BEHIND_PROXY = True
    assert Client().get("/account/login/", headers=theirs)["X-Request-ID"] == "abcdef123456"
    assert Client().get("/account/login/", headers={"X-Request-ID": "a\tb<script>"})["X-Request-ID"].isalnum()


@pytest.mark.django_db
def test_metrics_are_for_this_machine_or_for_the_token(settings: Settings) -> None:
    client = Client()
    client.get("/account/login/")
    assert (
        b'genlyd_pages_total{method="GET",status="200",view="account_login"}'
        in client.get("/metrics").content
    )
    assert b"genlyd_workers 0.0" in client.get("/metrics").content
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert Client(REMOTE_ADDR="10.0.0.7").get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "t" * 20
    assert client.get("/metrics").status_code == 404
    asked = Client(REMOTE_ADDR="10.0.0.7").get("/metrics", headers={"Authorization": "Bearer " + "t" * 20})
    assert asked.status_code == 200


@pytest.mark.django_db
def test_page_that_is_not_there_says_so_in_danish() -> None:
    answer = Client().get("/no-such-page", headers={"Accept-Language": "da"})
    assert answer.status_code == 404
    assert 'lang="da"' in answer.content.decode()


@pytest.mark.django_db
def test_form_that_expired_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {})
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()


SECRET = "Tgeheim-3x7Kq9"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/setup/{}/", "/invitation/{}/", "/invitation/{}", "/join/{}/", "/join/confirm/{}/", "/mail/unsubscribe/{}/",
        "/account/password/reset/key/1-{}/",
    ],
)  # fmt: skip
def test_log_never_holds_an_address_that_is_a_permission(path: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="genlyd.access"):
        Client().get(path.format(SECRET))
    told = [record.getMessage() for record in caplog.records if record.name == "genlyd.access"]
    assert told
    assert SECRET not in " ".join(told)


def test_every_secret_in_an_address_is_known_to_the_log() -> None:
    found = 0
    for pattern in walk(get_resolver()):
        for name in ("token", "code", "claim", "key"):
            if f"<str:{name}>" in pattern and "media/" not in pattern and "<str:key>" not in pattern:
                found += 1
                assert SECRET not in without_secrets("/" + pattern.replace(f"<str:{name}>", SECRET))
    assert found >= 5


def walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for row in resolver.url_patterns:
        path = before + str(row.pattern)
        if isinstance(row, URLResolver):
            yield from walk(row, path)
        else:
            yield path


def test_djangos_own_words_about_a_failed_page_hold_no_secret_either() -> None:
    record = logging.LogRecord(
        "django.security.csrf", logging.WARNING, "", 0, "Forbidden (%s): %s", ("no cookie", f"/invitation/{SECRET}/"),
        None,
    )  # fmt: skip
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Forbidden (no cookie): /invitation/…/"


@pytest.mark.django_db
def test_searching_for_a_nul_is_no_error(world: World, as_member: Callable[..., Client]) -> None:
    lead = as_member(world.lene)
    team = reverse("programmes:team", args=[world.period.pk])
    for page in ("/search/?q=Pia%00", f"{team}?find=Pia%00", f"{team}?q=Pia%00"):
        assert lead.get(page).status_code == 200


@pytest.mark.django_db
def test_made_up_methods_are_counted_as_one() -> None:
    client = Client()
    client.generic("BREW", "/account/login/")
    assert b'method="BREW"' not in client.get("/metrics").content
