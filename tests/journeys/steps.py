"""A person with a phone. No page objects: a step says what the person sees and does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Response, expect

PHONE = {"width": 390, "height": 844}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: The browser's own words for answers that the page is meant to give: a form with a mistake is answered with 422.
EXPECTED = ("status of 422",)


@dataclass
class Visitor:
    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    #: At somebody else's page, whose console is not our business.
    elsewhere: bool = False

    @classmethod
    def on_a_phone(cls, browser: Browser, site: str, scheme: str) -> Visitor:
        context = browser.new_context(
            viewport=PHONE, color_scheme=scheme, locale="da-DK", reduced_motion="reduce", has_touch=True
        )  # fmt: skip
        context.set_default_timeout(15_000)
        visitor = cls(context.new_page(), site)
        visitor.page.on("console", visitor._hear)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(f"{visitor.page.url}: {error}"))
        return visitor

    def _hear(self, message: Any) -> None:
        if self.elsewhere:
            return
        if message.type in {"error", "warning"} and not any(words in message.text for words in EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def close(self) -> None:
        self.page.context.close()

    # --- going ---------------------------------------------------------------------------------------------
    def goes_to(self, path: str) -> Response | None:
        answer = self.page.goto(path if path.startswith("http") else self.site + path)
        self.page.wait_for_load_state("networkidle")
        return answer

    def looks(self) -> None:
        """Everything on this page can be used by everybody: in light and dark, and not wider than the phone."""
        page = self.page
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide}px wider than the phone"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(300)  # colours change in a transition
            found = {
                rule["id"]: [node["html"][:160] for node in rule["nodes"]]
                for rule in Axe().run(page, options=RULES).response["violations"]
            }
            assert found == {}, f"{page.url} in {scheme}: {found}"
        page.emulate_media(color_scheme="light")
        self.looked_at.append(page.url)

    # --- seeing --------------------------------------------------------------------------------------------
    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def finds(self, selector: str, **kwargs: Any) -> Locator:
        return self.page.locator(selector, **kwargs).first

    # --- doing ---------------------------------------------------------------------------------------------
    def fills(self, **fields: str) -> None:
        """Fields by their names in the form, whatever kind they are."""
        for name, value in fields.items():
            one = self.finds(f"main [name={name}]")
            kind = one.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
            if kind == "select":
                one.select_option(value)
            elif kind == "radio":
                self.finds(f"main [name={name}][value='{value}']").check(force=True)
            elif kind == "checkbox":
                one.set_checked(bool(value), force=True)
            else:
                one.fill(value)

    def uploads(self, name: str, file: Path | dict[str, Any]) -> None:
        self.finds(f"main input[type=file][name={name}]").set_input_files(file)  # type: ignore[arg-type]

    def presses(self, selector: str, **kwargs: Any) -> None:
        """Press, and wait for where it leads."""
        self.finds(selector, **kwargs).click()
        self.page.wait_for_load_state("networkidle")

    def sends(self) -> None:
        """The main form's own button."""
        self.presses("main form button.button--primary[type=submit]")
