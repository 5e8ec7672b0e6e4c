from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.webserver import WebServer


@pytest.fixture(autouse=True)
def _uploads_apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def site(settings: Any) -> Iterator[WebServer]:
    """A web server that outgoing requests may reach."""
    server = WebServer()
    settings.PRIVATE_HOSTS_ALLOWED = [server.host]
    yield server
    server.close()
