from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from genlyd.networks.linkedin import pictures, sign_in
from tests.servers.linkedin.server import LinkedIn, running


@pytest.fixture(scope="session")
def _one_linkedin() -> Iterator[LinkedIn]:
    with running() as double:
        yield double


@pytest.fixture
def linkedin(_one_linkedin: LinkedIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[LinkedIn]:
    """The double, empty, where Genlyd looks for LinkedIn."""
    _one_linkedin.ask("reset", {})
    monkeypatch.setattr(pictures, "SETTLES", 0)
    monkeypatch.setattr(sign_in, "PAUSES", (0, 0.2, 0.5))
    url = _one_linkedin.url
    with override_settings(
        NETWORK_ADDRESSES={"linkedin": url, "linkedin.auth": url}, PRIVATE_HOSTS_ALLOWED={_one_linkedin.host}
    ):
        yield _one_linkedin
