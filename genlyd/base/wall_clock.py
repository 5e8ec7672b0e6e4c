"""From what a person reads on their wall to an instant, and the two nights a year when that is not one to one."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo


def instant(wall: datetime, zone: tzinfo) -> datetime | None:
    """The instant (UTC) at which clocks of the zone show this naive time; None where they skip it.

    In the hour that comes twice it is the first of the two.
    """
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return at if at.astimezone(zone).replace(tzinfo=None) == wall.replace(fold=0) else None


def after_gap(wall: datetime, zone: tzinfo) -> datetime:
    """For a time that clocks skip: what they show as long after the gap as it would have been in it (naive)."""
    at = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return at.astimezone(zone).replace(tzinfo=None, fold=0)
