"""A few seeds the whole way: through PostgreSQL's constraints, the real ingest, and a real review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from genlyd.cli.simulate import truths
from genlyd.cli.simulate.history import simulate
from genlyd.cli.simulate.writer import write
from genlyd.cli.simulate.writer.clicks import judge_clicks
from genlyd.evaluation.actions import answer_questions
from genlyd.evaluation.models import Review

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SEEDS = (101, 102, 103)
STATED = truths.load()
TRUE = {"person": STATED.effects.picture_of_a_person, **STATED.effects.network}


def intervals(seed: int) -> Iterator[tuple[str, float, float]]:
    """What a review of the first period says: which kind, from, to."""
    history = simulate(STATED, people=400, months=6, seed=seed, now=NOW, domain=f"seed-{seed}.example")
    written = write(history, name=f"Seed {seed}", domain=f"seed-{seed}.example", seed=seed)
    judge_clicks()
    review = Review.objects.create(organisation=written.organisation, period=written.periods[0])
    closed = written.periods[0].closed_at
    assert closed is not None
    for answer in answer_questions(review=review, now=closed):
        for comparison in answer.result:
            if comparison["kind"] == "ratio":
                yield comparison["arm"], comparison["outcome"]["low"], comparison["outcome"]["high"]


def test_reviews_find_the_truths(
    settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MEDIA_ROOT = tmp_path
    found = [(arm, low <= TRUE[arm] <= high) for seed in SEEDS for arm, low, high in intervals(seed)]
    inside = sum(holds for _, holds in found)
    with capsys.disabled():
        print(f"\n  end to end: {inside} of {len(found)} intervals of {len(SEEDS)} seeds hold the truth")  # noqa: T201
    assert len(found) == 3 * len(SEEDS)
    # Of nine 90 % intervals fewer than six hold their truth once in a thousand times.
    assert inside >= 6
