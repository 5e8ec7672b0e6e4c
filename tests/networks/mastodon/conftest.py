from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.fault_proxy import FaultProxy, fault_proxy
from tests.servers.mastodon.server import MastodonServer, running
from tests.webserver import WebServer


@pytest.fixture(scope="package")
def server() -> Iterator[MastodonServer]:
    with running() as started:
        yield started


@pytest.fixture
def mastodon(server: MastodonServer, settings) -> MastodonServer:
    settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, server.host]
    return server


@pytest.fixture
def proxy(mastodon: MastodonServer, settings) -> Iterator[FaultProxy]:
    with fault_proxy(mastodon.url) as made:
        settings.PRIVATE_HOSTS_ALLOWED = [*settings.PRIVATE_HOSTS_ALLOWED, made.host]
        yield made


@pytest.fixture
def web_server() -> Iterator[WebServer]:
    """A web site that knows nothing of Mastodon."""
    site = WebServer()
    yield site
    site.close()
