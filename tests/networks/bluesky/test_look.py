"""What a look makes of what stands under our key."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from genlyd.networks.bluesky import publisher
from genlyd.networks.bluesky.publisher import BlueskyPublisher
from genlyd.networks.bluesky.xrpc import Answer
from genlyd.networks.domain.outcome import Sight
from tests.sharing.makers import an_account
from tests.world import World

BODY = {"repo": "did:plc:1", "collection": "app.bsky.feed.post", "rkey": "3k", "record": {"text": "Hej"}}
URI = "at://did:plc:1/app.bsky.feed.post/3k"


@pytest.mark.parametrize(
    ("status", "found", "sight"),
    [
        (200, {"uri": URI, "value": {"text": "Hej"}}, Sight.FOUND),
        # Another post under our key is not ours: it is asked about, and never called ours.
        (200, {"uri": URI, "value": {"text": "Noget andet"}}, Sight.UNREADABLE),
        (200, {"uri": URI, "value": "nonsense"}, Sight.FOUND),
        (400, {"error": "RecordNotFound"}, Sight.ABSENT),
        (502, {"error": "UpstreamFailure"}, Sight.UNREADABLE),
    ],
)
def test_look_knows_our_post_from_another(
    world: World, monkeypatch: pytest.MonkeyPatch, status: int, found: dict[str, Any], sight: Sight
) -> None:
    monkeypatch.setattr(publisher, "call", lambda *_, **__: Answer(status, found, ""))
    look = BlueskyPublisher().look(an_account(world.pia), BODY, since=timezone.now(), now=timezone.now())
    assert look.sight is sight
