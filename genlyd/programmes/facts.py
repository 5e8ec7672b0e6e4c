"""What programmes announce."""

from __future__ import annotations

from genlyd.base.facts import fact


@fact
class PeriodOpened:
    period_id: int


@fact
class PeriodClosed:
    period_id: int


@fact
class TeamChanged:
    """Members got or gave up their seats."""

    period_id: int
