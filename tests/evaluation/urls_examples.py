"""Objects of Fjordkraft's for the walk over every URL: see tests/walk.py."""

from __future__ import annotations

from tests.evaluation.makers import a_decision, a_review

EXAMPLES = {
    "evaluation:review": lambda world: {"pk": world.period.pk},
    "evaluation:begin": lambda world: {"pk": world.period.pk},
    "evaluation:answers": lambda world: {"pk": a_review(world).period_id},
    "evaluation:finish": lambda world: {"pk": a_review(world).period_id},
    "evaluation:next": lambda world: {"pk": a_review(world).period_id},
    "evaluation:decide": lambda world: {"pk": a_review(world).period_id},
    "evaluation:restore": lambda world: {"pk": a_review(world).period_id},
    "evaluation:edit": lambda world: {"pk": a_decision(world).pk},
    "evaluation:remove": lambda world: {"pk": a_decision(world).pk},
}
