from collections.abc import Iterator

import pytest

from tests.servers.instagram.server import InstagramServer, running
from tests.servers.reach import let_reach


@pytest.fixture(scope="session")
def instagram_process() -> Iterator[InstagramServer]:
    with running() as server:
        yield server


@pytest.fixture
def instagram(instagram_process: InstagramServer, settings) -> InstagramServer:
    """The double, empty, and this process calls it."""
    instagram_process.ask("reset", {})
    let_reach(settings, instagram_process)
    return instagram_process
