"""A passkey, added and used in a real browser with a virtual authenticator, under the strict CSP."""

from __future__ import annotations

import os

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import ARGUMENTS, find_chromium
from tests.world import build_world

PASSWORD = "seks grønne cykler"


@pytest.fixture
def chromium() -> str:
    path = find_chromium()
    if path is None:
        reason = "NO CHROMIUM: the passkey journey needs a browser."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def an_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_passkey_is_added_and_signs_in(
    live_server: LiveServer, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Playwright's loop runs in this thread; the database is only asked between its steps.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    pia = build_world().pia
    pia.user.set_password(PASSWORD)
    pia.user.save()
    EmailAddress.objects.create(user=pia.user, email=pia.email, verified=True, primary=True)
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(locale="en")
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.set_default_timeout(15_000)
        an_authenticator(page)

        page.goto(f"{live_server.url}/account/login/")
        page.fill("input[name=login]", pia.email)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "login" not in url)
        page.goto(f"{live_server.url}/account/2fa/webauthn/add/")
        page.fill("input[name=password]", PASSWORD)  # it changes how one signs in: asked once more
        page.get_by_role("button", name="Go on").click()
        page.check("input[name=passwordless]")
        page.get_by_role("button", name="Add", exact=True).click()
        page.wait_for_url(lambda url: "/add/" not in url)

        page.goto(f"{live_server.url}/account/logout/")
        page.get_by_role("button", name="Sign out").first.click()
        page.wait_for_url(lambda url: "logout" not in url)
        page.goto(f"{live_server.url}/account/login/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(lambda url: "login" not in url)
        page.goto(f"{live_server.url}/me/")
        assert page.get_by_role("heading", name=pia.name).is_visible()
        browser.close()
    assert Authenticator.objects.filter(user=pia.user, type="webauthn").count() == 1
    assert complaints == []
