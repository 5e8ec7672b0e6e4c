from __future__ import annotations

from genlyd.evaluation.models import Decision, Review
from tests.world import World


def a_review(world: World) -> Review:
    review, _made = Review.objects.get_or_create(
        period=world.period, defaults={"organisation": world.fjordkraft, "started_by": world.lene}
    )
    return review


def a_decision(world: World, subject: str = "Pictures of colleagues", verb: str = "keep") -> Decision:
    return Decision.objects.create(
        organisation=world.fjordkraft,
        review=a_review(world),
        verb=verb,
        subject=subject,
        decided_by=world.lene,
    )
