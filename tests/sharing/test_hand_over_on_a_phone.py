"""The hand-over in a browser on a phone: what the share sheet is given, and the question when one comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from genlyd.rules.models import Rule
from genlyd.sharing.models import Share
from tests.browser import chromium
from tests.sharing.makers import WORDS, a_picture, a_share, a_story
from tests.world import World, build_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
#: What a phone has and the browser here lacks; it writes down what it is given.
SHEET = """
window.given = [];
navigator.canShare = () => true;
navigator.share = async (data) => {
  if (window.refuses) throw new DOMException("closed", "AbortError");
  const files = (data.files ?? []).map((one) => [one.name, one.type, one.size]);
  window.given.push({ text: data.text, url: data.url ?? "", files });
};
"""
COMES_BACK = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Iterator[BrowserContext]:
    with chromium("nobody has opened the share sheet") as browser:
        # Playwright's loop runs in this thread, and Django refuses the database beside a loop.
        monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
        context.set_default_timeout(15_000)
        yield context


def opens(
    phone: BrowserContext, live_server: LiveServer, client: Client, share: Share, script: str = SHEET
) -> Page:
    [cookie] = [one for name, one in client.cookies.items() if name.endswith("sessionid")]
    phone.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    phone.add_init_script(script)
    # Opening a network leads nowhere here.
    phone.route("https://**", lambda route: route.fulfill(body="there", content_type="text/html"))
    page = phone.new_page()
    page.goto(live_server.url + reverse("sharing:hand_over", args=[share.pk]))
    return page


@pytest.fixture
def world() -> World:
    made = build_world()
    Rule.objects.update(active=False)
    return made


def test_words_and_picture_go_along_and_who_comes_back_is_asked(
    live_server: LiveServer, phone: BrowserContext, world: World, as_member: Callable[..., Client]
) -> None:
    share = a_share(world.pia, a_story(world), picture=a_picture(world))
    page = opens(phone, live_server, as_member(world.pia), share)
    page.locator("[data-share] button").click()
    page.wait_for_function("window.given.length === 1")
    [given] = page.evaluate("window.given")
    assert given["text"] == f"{WORDS}\n\n{share.link.url}"
    assert given["url"] == ""
    [[name, kind, size]] = given["files"]
    assert (name.endswith(".jpg"), kind) == (True, "image/jpeg")
    assert size == share.picture.size
    # It only says that the sheet was open, so the question comes forward and nothing is counted yet.
    expect(page.locator("#did-you[data-forward]")).to_be_in_viewport()
    expect(page.locator("#did-you-title")).to_be_focused()
    share.refresh_from_db()
    assert share.confirmed_at is None
    page.locator("[name=permalink]").fill("https://www.linkedin.com/in/pia/")
    page.locator("#did-you button[value=yes]").click()
    expect(page.locator("body")).to_contain_text("not of the post")
    page.locator("[name=permalink]").fill(
        "https://www.linkedin.com/feed/update/urn:li:share:7487021286582403072/"
    )
    page.locator("#did-you button[value=yes]").click()
    page.wait_for_url("**/share/mine/")
    share.refresh_from_db()
    assert share.remote_id == "urn:li:share:7487021286582403072"


def test_a_link_goes_beside_the_words_and_closing_the_sheet_asks_nothing(
    live_server: LiveServer, phone: BrowserContext, world: World, as_member: Callable[..., Client]
) -> None:
    share = a_share(world.pia, a_story(world))
    page = opens(phone, live_server, as_member(world.pia), share)
    page.evaluate("window.refuses = true")
    page.locator("[data-share] button").click()
    page.evaluate(COMES_BACK)
    assert page.locator("#did-you[data-forward]").count() == 0
    page.evaluate("window.refuses = false")
    page.locator("[data-share] button").click()
    page.wait_for_function("window.given.length === 1")
    assert page.evaluate("window.given") == [{"text": WORDS, "url": share.link.url, "files": []}]


def test_who_opens_the_network_is_asked_on_return_also_after_the_page_was_thrown_away(
    live_server: LiveServer, phone: BrowserContext, world: World, as_member: Callable[..., Client]
) -> None:
    share = a_share(world.pia, a_story(world), network="facebook")
    page = opens(phone, live_server, as_member(world.pia), share, script="delete Navigator.prototype.share;")
    expect(page.locator("[data-phone]")).to_be_hidden()
    page.evaluate(COMES_BACK)
    assert page.locator("#did-you[data-forward]").count() == 0
    with page.expect_popup():
        page.locator("[data-goes] a").click()
    page.evaluate(COMES_BACK)
    expect(page.locator("#did-you[data-forward]")).to_be_in_viewport()
    page.reload()
    expect(page.locator("#did-you[data-forward]")).to_be_in_viewport()
