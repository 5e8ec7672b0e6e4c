"""The visitors' pages in a real browser: no violation of WCAG, nothing the policy refuses, none wider than a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Route

from genlyd.links.redirect import files, pages
from genlyd.links.redirect.answer import Answer
from genlyd.links.redirect.look import NOBODY, look
from tests.browser import chromium

pytestmark = pytest.mark.journey
HOUSE = look("Nordsøens Vindmølleservice og Vedligehold A/S", "#ffd400", "", "https://www.vind.example/")
WITH_LOGO = look("Fjordkraft", "#123456", "logos/wide.png", "https://fjordkraft.example/")
SLUG = "den-foerste-moelle-staar-paa-havnen"
PAGES: dict[str, Callable[[], Answer]] = {
    "/unknown": lambda: pages.unknown("da", WITH_LOGO, SLUG),
    "/retired": lambda: pages.retired("da", HOUSE),
    "/expired": lambda: pages.expired("en", WITH_LOGO),
    "/again": lambda: pages.try_again("da", NOBODY, SLUG),
    "/door": lambda: pages.at_the_door("en", HOUSE),
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("the visitors' pages were not looked at in a browser") as opened:
        yield opened


def answered(route: Route) -> None:
    path = "/" + route.request.url.split("/", 3)[3]
    answer = PAGES[path]() if path in PAGES else files.file(path)
    assert answer is not None, path
    headers = {name.decode(): value.decode() for name, value in answer.headers}
    # The page's own status would be a line on the console.
    route.fulfill(status=200 if path in PAGES else answer.status, headers=headers, body=answer.body)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_visitors_pages_can_be_used_by_everybody(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("GENLYD_HOME", str(tmp_path))
    (tmp_path / "media" / "logos").mkdir(parents=True)
    Image.new("RGB", (960, 120), "#123456").save(tmp_path / "media" / "logos" / "wide.png")
    files._logos.clear()
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    context.route("**/*", answered)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    # All in light; in dark those that have every part there is.
    for path in list(PAGES)[: None if scheme == "light" else 2]:
        page.goto(f"https://go.example{path}")
        assert page.evaluate("getComputedStyle(document.body).display") == "grid", (
            "the style sheet was refused"
        )
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide}px wider than the window"
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == [], path
    context.close()
    files._logos.clear()
    assert said == []
