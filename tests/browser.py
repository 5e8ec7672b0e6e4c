"""The browser that journeys drive."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: What a headless browser needs as root and in containers, and what keeps it from calling home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def find_chromium() -> str | None:
    """GENLYD_TEST_CHROMIUM, else the system's, else Playwright's own. None where there is none."""
    given = os.environ.get("GENLYD_TEST_CHROMIUM")
    if given:
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _of_playwright()


@contextmanager
def chromium(unseen: str) -> Iterator[Browser]:
    """Opened. Where there is none, the test is skipped, and CI fails. `unseen`: what nobody looked at then."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium")
        pytest.skip(f"NO CHROMIUM: {unseen}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()
