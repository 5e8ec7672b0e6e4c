"""The same against a real server: GENLYD_LIVE_MASTODON="https://server.example,token". What is posted is deleted again.

The token needs profile, read:statuses, write:statuses and write:media (Preferences, Development, on the server).
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from genlyd.networks.actions.connect import remember
from genlyd.networks.contract import Connected, SignIn, Tokens
from genlyd.networks.domain.figures import GONE, Metric
from genlyd.networks.domain.outcome import Kind, Sight
from genlyd.networks.mastodon.connector import who
from genlyd.networks.registry import NETWORKS
from tests.networks.contract.parcels import a_parcel
from tests.world import World

GIVEN = os.environ.get("GENLYD_LIVE_MASTODON", "")
pytestmark = [pytest.mark.live, pytest.mark.skipif(not GIVEN, reason="needs GENLYD_LIVE_MASTODON")]


@pytest.mark.parametrize("kind", ["text", "picture"])
def test_a_real_server_keeps_a_post_once_and_lets_it_go(world: World, kind: str) -> None:
    server, _, token = GIVEN.partition(",")
    found = who(token, server)
    account = remember(
        member=world.pia, network="mastodon", sign_in=SignIn.OAUTH,
        found=Connected(
            remote_id=found.remote_id, handle=found.handle, server=server, options=found.options,
            tokens=Tokens(access=token),
        ),
    )  # fmt: skip
    network = NETWORKS["mastodon"]
    publisher, reader, done = network.publisher, network.reader, {}
    assert publisher
    assert reader
    began = timezone.now()
    parcel = a_parcel(network, kind, origin="https://nowhere.example")
    publisher.prepare(account, parcel, done, lambda: None)
    _key, body = publisher.request(done)
    first = publisher.send(account, body)
    try:
        assert first.kind is Kind.PUBLISHED
        assert publisher.send(account, body).remote_id == first.remote_id
        seen = publisher.look(account, body, since=began, now=timezone.now() + timedelta(minutes=2))
        assert (seen.sight, seen.remote_id) == (Sight.FOUND, first.remote_id)
        assert reader.read(account, [first.remote_id])[first.remote_id][Metric.REACTIONS] == 0  # type: ignore[index]
    finally:
        assert publisher.delete(account, first.remote_id).kind is Kind.PUBLISHED
    assert reader.read(account, [first.remote_id]) == {first.remote_id: GONE}
