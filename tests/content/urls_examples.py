"""An object of Fjordkraft's for every URL of this area that names one."""

from __future__ import annotations

from typing import Any

from tests.content.cast import a_feed, a_picture, a_story
from tests.world import World


def _picture(world: World) -> dict[str, Any]:
    media = a_picture(world.erik)
    return {"pk": media.pk, "key": media.key}


EXAMPLES = {
    "content:feed": lambda world: {"pk": a_feed(world.erik).pk},
    "content:check": lambda world: {"pk": a_feed(world.erik).pk},
    "content:stop": lambda world: {"pk": a_feed(world.erik).pk},
    "content:resume": lambda world: {"pk": a_feed(world.erik).pk},
    "content:edit": lambda world: {"pk": a_story(world.erik).pk},
    "content:look": lambda world: {"pk": a_story(world.erik).pk},
    "content:reword": lambda world: {"pk": a_story(world.erik).pk},
    "content:story": lambda world: {"pk": a_story(world.erik).pk},
    "content:move": lambda world: {"pk": a_story(world.erik).pk},
    "content:picture": _picture,
    "content:thumbnail": _picture,
}
