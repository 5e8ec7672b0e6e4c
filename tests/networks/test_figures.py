from __future__ import annotations

import pytest

from genlyd.networks.domain.figures import Metric, figures


@pytest.mark.parametrize("said", [None, -1, "12", 1.5, True, 10**30, {}])
def test_figures_leave_out_what_is_not_a_count(said: object) -> None:
    assert figures({Metric.REACTIONS: said, Metric.COMMENTS: 0}) == {Metric.COMMENTS: 0}
