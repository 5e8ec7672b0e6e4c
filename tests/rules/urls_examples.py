from __future__ import annotations

from typing import Any

from genlyd.rules.actions import draft_guideline, publish_guideline
from tests.world import World


def _version(world: World) -> dict[str, Any]:
    publish_guideline(draft_guideline(text="Be kind.", by=world.lene), by=world.lene)
    return {"version": 1}


EXAMPLES = {"rules:version": _version}
NOT_OWNED = {"rules:rule": "the kind names the asker's own rule; every house has one of each kind"}
