from collections.abc import Iterator

import pytest

from tests.servers.reach import let_reach
from tests.servers.threads.server import ThreadsServer, running


@pytest.fixture(scope="session")
def threads_process() -> Iterator[ThreadsServer]:
    with running() as server:
        yield server


@pytest.fixture
def threads(threads_process: ThreadsServer, settings) -> ThreadsServer:
    """The double, empty, and this process calls it."""
    threads_process.ask("reset", {})
    let_reach(settings, threads_process)
    return threads_process
