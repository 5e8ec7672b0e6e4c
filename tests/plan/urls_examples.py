from __future__ import annotations

from datetime import date
from typing import Any

from genlyd.plan.actions import add_line
from tests.world import World


def _period(world: World) -> dict[str, Any]:
    return {"pk": world.period.pk}


def _line(world: World) -> dict[str, Any]:
    line = add_line(world.period, title="The mast", due_on=date(2026, 3, 4), by=world.erik)
    return {"pk": line.pk}


EXAMPLES = {
    "plan:list": _period,
    "plan:new": _period,
    "plan:colleagues": _period,
    **{f"plan:{name}": _line for name in ("line", "edit", "done", "reopen", "delete")},
}
