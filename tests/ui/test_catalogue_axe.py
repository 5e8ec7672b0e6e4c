"""Every component in a real browser: no violation of WCAG, nothing on the console, nothing the CSP refuses."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
PAGES = ["/catalogue/", *(f"/catalogue/layout/{name}/" for name in ("participant", "lead", "plain"))]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: The catalogue itself: many examples on one page repeat ids, landmarks and headings, as no page of the site does.
OF_THE_CATALOGUE = {
    "duplicate-id",
    "landmark-unique",
    "heading-order",
    "page-has-heading-one",
    "landmark-no-duplicate-banner",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_the_catalogue_can_be_used_by_everybody(browser, live_server, settings, scheme, window):
    settings.DEBUG = True
    context = browser.new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        page.goto(f"{live_server.url}{path}")
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide}px wider than the window"
        found = Axe().run(page, options=RULES).response["violations"]
        left_out = OF_THE_CATALOGUE if path == PAGES[0] else set()
        violations = {
            rule["id"]: [node["html"][:160] for node in rule["nodes"]]
            for rule in found
            if rule["id"] not in left_out
        }
        assert violations == {}, path
    context.close()
    assert said == []


def test_components_work_with_a_keyboard(browser, live_server, settings):
    settings.DEBUG = True
    page = browser.new_page()
    page.goto(f"{live_server.url}/catalogue/")
    opener = page.locator("#dialog .catalogue-example > a")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#delete-example")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    summary = page.locator("#menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").strip() == "Edit"
    page.keyboard.press("Escape")
    assert not page.locator("#menu .menu-panel").is_visible()
    page.close()


def test_components_work_without_javascript(browser, live_server, settings):
    settings.DEBUG = True
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/catalogue/")
    dialog = page.locator("#delete-example")
    assert not dialog.is_visible()
    page.locator("#dialog .catalogue-example > a").click()
    assert dialog.is_visible()
    dialog.get_by_text("Keep it").click()
    assert not dialog.is_visible()
    page.locator("#menu summary").click()
    assert page.locator("#menu .menu-panel").is_visible()
    # Buttons that only a script could make work do not show.
    assert page.locator(".quick").first.is_hidden()
    context.close()


def test_the_catalogue_is_for_development_only(client):
    assert client.get("/catalogue/").status_code == 404
    assert client.get("/catalogue/layout/lead/").status_code == 404
