from __future__ import annotations

import pytest

from genlyd.evaluation.domain.questions import Comparison
from genlyd.evaluation.domain.rate_ratio import Arm, Ratio
from genlyd.evaluation.words import certainty, finding


@pytest.mark.parametrize(
    ("ratio", "low", "high", "said", "bounds"),
    [
        (
            2.0,
            1.6,
            2.5,
            "Bluesky: about 2 times as many visits per share as LinkedIn.",
            "between 1.60 and 2.50",
        ),
        # The sentence is turned round, so that the ratio it names lies inside the interval it names.
        (
            0.5,
            0.4,
            0.625,
            "LinkedIn: about 2 times as many visits per share as Bluesky.",
            "between 1.60 and 2.50",
        ),
        (1.1, 0.8, 1.5, "No difference seen yet between Bluesky and LinkedIn.", "between 0.80 and 1.50"),
    ],
)
def test_interval_belongs_to_the_ratio_in_the_sentence(
    ratio: float, low: float, high: float, said: str, bounds: str
) -> None:
    arm = Arm(shares=20, authors=8, clicks=40)
    outcome = Ratio(arm, arm, ratio=ratio, low=low, high=high, within=True, authors=8)
    assert finding("network", Comparison(arm="bluesky", control="linkedin", outcome=outcome)) == said
    assert bounds in certainty(outcome)
