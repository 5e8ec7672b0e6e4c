"""When to warn that a connection ends which only the person can renew: 10 days, 3 days, and on the day."""

from __future__ import annotations

from datetime import datetime, timedelta

#: In days before the end, the earliest first.
WARNINGS = (10, 3, 0)


def warning_due(ends: datetime, *, warned: int | None, now: datetime) -> int | None:
    """The warning (one of WARNINGS) to send now, or None. `warned` is the last one that was sent.

    Missed ones are not caught up with: of several that are due only the latest is sent. The one of the day itself
    is sent within the last 24 hours, or after the end if nobody was there to send it.
    """
    left = ends - now
    due = [days for days in WARNINGS if left <= timedelta(days=max(days, 1))]
    latest = min(due, default=None)
    if latest is None or (warned is not None and warned <= latest):
        return None
    return latest
