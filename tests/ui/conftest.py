from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium("nobody looked at it in a browser") as opened:
        # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        yield opened
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
