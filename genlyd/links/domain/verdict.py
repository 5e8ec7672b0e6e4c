"""What a click can be called, and the two spans of time that people and figures are told about.

The steps themselves: judge.py. All thresholds: here and in rates.py; why they are so: docs/explain/verdicts.md.
"""

from __future__ import annotations

from datetime import timedelta

HUMAN = "human"
HEAD = "head"
PREFETCH = "prefetch"
PREVIEW = "preview"
BOT = "bot"
#: Checks links before people see them: mail filters and the like.
SCANNER = "scanner"
DATACENTRE = "datacentre"
#: The member whose link it is, trying it out.
OWN = "own"
TOO_SOON = "too_soon"
TOO_MANY = "too_many"
#: Its link is no longer there.
ORPHAN = "orphan"
#: In the order of the steps; the last is what no step stopped.
VERDICTS = (
    HEAD, PREFETCH, PREVIEW, BOT, SCANNER, DATACENTRE, OWN, TOO_SOON, TOO_MANY, ORPHAN, HUMAN,
)  # fmt: skip

#: Stored with every click: what was judged by older rules is judged again.
RULES_VERSION = 2

#: Nobody reads and clicks a post this soon after it went out.
SOON = timedelta(seconds=3)
#: Further clicks of a visitor on the same link within it are repeats. Stored with every day counted with it.
WINDOW = timedelta(minutes=30)
WINDOW_MINUTES = int(WINDOW.total_seconds()) // 60
