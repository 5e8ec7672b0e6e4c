"""Retake the README's pictures from the demonstration: `python tools/screenshots.py` (needs a Chromium).

Starts `genlyd demo` on a folder of its own, looks at it as the people one may be, and stops it again.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import ARGUMENTS, find_chromium  # noqa: E402  # the path comes first
from tests.cli.house import House  # noqa: E402
from tests.journeys.conftest import running  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 860}
WORDS = (
    "Jeg arbejder som vindmølletekniker hos Nordvang Energi, og på dag fire spurgte jeg skipperen, om han "
    "nogensinde blev træt af udsigten. Han kiggede ud over vandet og sagde: »Ikke endnu.«"
)


@dataclass(frozen=True)
class Shot:
    name: str
    part: str
    window: dict[str, int]
    scheme: str
    path: str
    #: A link on that page to follow, and words to write there.
    follow: str = ""
    write: str = ""


SHOTS = (
    Shot("write", "participant", PHONE, "light", "/stories/", "main a", WORDS),
    Shot("period", "lead", DESK, "light", "/period/"),
    Shot("figures", "kpis", DESK, "dark", "/figures/"),
    Shot("review", "lead", DESK, "light", "/reviews/", "main a[href^='/reviews/']"),
)


def main() -> int:
    path = find_chromium()
    if path is None:
        print("No Chromium here.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running("demo") as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for shot in SHOTS:
            take(browser, house, shot)
        browser.close()
    return 0


def take(browser: Browser, house: House, shot: Shot) -> None:
    context = browser.new_context(
        viewport=shot.window, color_scheme=shot.scheme, locale="da-DK", reduced_motion="reduce", device_scale_factor=2
    )  # fmt: skip
    page = context.new_page()
    site = f"http://localhost:{house.port}"
    page.goto(f"{site}/demo/")
    page.locator(f"form:has([value={shot.part}]) button").click()
    page.goto(site + shot.path)
    if shot.follow:
        _follow(page, site, shot)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.thumbnail((1440, 1688))
    # A palette keeps the pictures small in the history of the repository.
    picture.quantize(256, dither=Image.Dither.NONE).save(FOLDER / f"{shot.name}.png", optimize=True)
    print(f"{shot.name}: {page.title()}")
    context.close()


def _follow(page: Page, site: str, shot: Shot) -> None:
    if shot.write:
        story = page.locator("main a", has_text="Læsø").first.get_attribute("href") or ""
        page.goto(f"{site}/share{story.replace('/stories/', '/story/')}")
        page.locator("textarea[name=text]").fill(shot.write)
        page.wait_for_timeout(1500)
        return
    page.locator(shot.follow).last.click()


if __name__ == "__main__":
    raise SystemExit(main())
