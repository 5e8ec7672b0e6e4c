from __future__ import annotations

from typing import Any

from genlyd.programmes.models import Seat
from tests.world import World


def _programme(world: World) -> dict[str, Any]:
    return {"pk": world.programme.pk}


def _period(world: World) -> dict[str, Any]:
    return {"pk": world.period.pk}


def _seat(world: World) -> dict[str, Any]:
    return {"pk": Seat.objects.get(member=world.pia).pk}


EXAMPLES = {
    **{f"programmes:{name}": _programme for name in ("programme", "edit", "new_period")},
    **{
        f"programmes:{name}": _period
        for name in (
            "edit_period",
            "open_period",
            "delete_period",
            "team",
            "add_member",
            "add_team",
            "owners",
        )
    },
    "programmes:owner": lambda world: {"pk": world.period.pk, "duty": "kpis"},
    "programmes:leave_seat": _seat,
    "programmes:restore_seat": _seat,
}
