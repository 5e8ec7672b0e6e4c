"""How near a deadline is, and when its responsible person hears about it. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Nearness = Literal["late", "week", "later", "done"]
Reminder = Literal["tomorrow", "late"]
DAY = timedelta(days=1)


def nearness(due_on: date, today: date, *, done: bool) -> Nearness:
    """ "week" is until Sunday; the deadline's own day is not late."""
    if done:
        return "done"
    if due_on < today:
        return "late"
    sunday = today + timedelta(days=6 - today.weekday())
    return "week" if due_on <= sunday else "later"


def reminder(due_on: date, today: date, *, reminded: bool, late_reminded: bool) -> Reminder | None:
    """The day before, and once when it has passed. Late for a month is no news: then nothing more is said."""
    if due_on == today + DAY and not reminded:
        return "tomorrow"
    if today - timedelta(days=30) <= due_on < today and not late_reminded:
        return "late"
    return None
