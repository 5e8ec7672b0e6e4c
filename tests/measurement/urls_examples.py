"""Objects of Fjordkraft's for the walk over every URL: see tests/walk.py."""

from __future__ import annotations

from tests.measurement.makers import a_kpi

EXAMPLES = {
    "measurement:board": lambda world: {"pk": world.period.pk},
    "measurement:export": lambda world: {"pk": world.period.pk},
    "measurement:kpis": lambda world: {"pk": world.period.pk},
    "measurement:starters": lambda world: {"pk": world.period.pk},
    "measurement:restore": lambda world: {"pk": world.period.pk},
    "measurement:choose": lambda world: {"pk": world.period.pk, "key": "visits"},
    "measurement:edit": lambda world: {"pk": a_kpi(world.period).pk},
    "measurement:drop": lambda world: {"pk": a_kpi(world.period).pk},
    "measurement:share": lambda world: {"pk": a_kpi(world.period).pk},
}
