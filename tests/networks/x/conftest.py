from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from genlyd.networks.budget import set_budget
from genlyd.networks.domain.price import MICROS
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from tests.servers.x.server import XServer, running
from tests.world import World


@pytest.fixture(scope="session")
def _one_x() -> Iterator[XServer]:
    with running() as double:
        yield double


@pytest.fixture
def x(_one_x: XServer) -> Iterator[XServer]:
    """The double, empty, where Genlyd looks for X."""
    _one_x.ask("reset", {})
    url = _one_x.url
    with override_settings(NETWORK_ADDRESSES={"x": url, "x.auth": url}, PRIVATE_HOSTS_ALLOWED={_one_x.host}):
        yield _one_x


@pytest.fixture
def pias(x: XServer, world: World) -> Account:
    """Pia's account, in an organisation that allows ten dollars a month."""
    set_budget(organisation=world.fjordkraft, network=NETWORKS["x"], monthly=10 * MICROS)
    return x.account(world.pia, "pia")
