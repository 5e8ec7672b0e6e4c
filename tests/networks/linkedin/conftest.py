from collections.abc import Iterator

import pytest

from tests.servers.linkedin.server import LinkedIn, running


@pytest.fixture(scope="session")
def _one_linkedin() -> Iterator[LinkedIn]:
    with running() as double:
        yield double


@pytest.fixture
def linkedin(_one_linkedin: LinkedIn) -> LinkedIn:
    """The double, empty."""
    _one_linkedin.ask("reset", {})
    return _one_linkedin
