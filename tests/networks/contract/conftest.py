from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import LazySettings

from genlyd.networks.contract import Network
from genlyd.networks.registry import NETWORKS
from tests.networks.contract.parcels import pictures
from tests.servers import known
from tests.servers.contract import NetworkServer
from tests.servers.fault_proxy import FaultProxy, fault_proxy
from tests.servers.pds.install import CannotInstall
from tests.servers.reach import let_reach


@pytest.fixture(scope="session", params=sorted(known.KNOWN | known.INSIDE))
def running_server(request: pytest.FixtureRequest) -> Iterator[NetworkServer]:
    try:
        with known.running(request.param) as server:
            yield server
    except CannotInstall as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def proxy(running_server: NetworkServer) -> Iterator[FaultProxy]:
    """Between Genlyd and the server; it lets everything through until a test aims a fault."""
    with fault_proxy(running_server.url) as made:
        made.too_many = running_server.too_many
        yield made


@pytest.fixture
def server(running_server: NetworkServer, proxy: FaultProxy, settings: LazySettings) -> NetworkServer:
    let_reach(settings, running_server, through=proxy.url)
    return running_server


@pytest.fixture
def network(running_server: NetworkServer) -> Network:
    return NETWORKS[running_server.key]


@pytest.fixture(scope="session")
def pictures_at() -> Iterator[str]:
    with ExitStack() as stack:
        yield stack.enter_context(pictures())


@pytest.fixture
def new_name(request: pytest.FixtureRequest) -> Callable[[], str]:
    """A name for an account that no other test has."""
    return lambda: f"c{abs(hash(request.node.name)) % 10**10}"
