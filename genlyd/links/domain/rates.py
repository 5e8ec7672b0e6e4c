"""What only shows beside a visitor's other clicks: bursts, clockwork, and more visits than one person makes.

A visitor is an address with a browser, so colleagues behind one office address with the same browser are one
visitor. Repeats on one link are therefore never held against it by their number alone; what the limits cost
and spare is in docs/explain/verdicts.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

#: (clicks on this many different links, within this long): a mail scanner opens what a message links to.
SCANS: tuple[tuple[int, timedelta], ...] = ((3, timedelta(seconds=2)), (5, timedelta(seconds=10)))
#: A GET of the same visitor so soon after its HEAD is the same check.
AFTER_HEAD = timedelta(seconds=5)
#: More than this many clicks within BURST, on whatever links, no people make.
MOST_PER_BURST = 10
BURST = timedelta(seconds=10)
#: More visits (a link, within its window) than this in an hour are not one person's, and rarely an office's.
MOST_PER_HOUR = 20
HOUR = timedelta(hours=1)
#: So many gaps in a row of nearly the same length: a clock clicks.
EVEN_GAPS = 8
#: How far even gaps may lie from their median, as a part of it.
EVEN = 0.05
#: Even gaps shorter than this are bursts' business: times are too close to tell a rhythm.
SHORTEST_GAP = timedelta(seconds=1)
#: Beyond this many clicks in a day nothing of a visitor counts as a person's.
MOST_PER_DAY = 5_000


def scanned(times: Sequence[datetime], links: Sequence[int]) -> set[int]:
    """Positions in the sorted `times` that belong to a scan of several different links."""
    found: set[int] = set()
    for most, span in SCANS:
        inside: Counter[int] = Counter()
        start = reached = 0
        for end, at in enumerate(times):
            inside[links[end]] += 1
            while at - times[start] > span:
                inside[links[start]] -= 1
                if not inside[links[start]]:
                    del inside[links[start]]
                start += 1
            if len(inside) >= most:
                found.update(range(max(start, reached), end + 1))
                reached = end + 1
    return found


def crowded(times: Sequence[datetime], most: int, span: timedelta) -> set[int]:
    """Positions in the sorted `times` that lie within any `span` of more than `most` of them."""
    found: set[int] = set()
    reached = 0
    for start in range(len(times) - most):
        if times[start + most] - times[start] <= span:
            found.update(range(max(start, reached), start + most + 1))
            reached = start + most + 1
    return found


def clockwork(times: Sequence[datetime]) -> set[int]:
    """Positions in the sorted `times` between which EVEN_GAPS gaps in a row are as good as equal."""
    found: set[int] = set()
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    reached = 0
    for start in range(len(gaps) - EVEN_GAPS + 1):
        row = sorted(gaps[start : start + EVEN_GAPS])
        middle = row[EVEN_GAPS // 2]
        if middle < SHORTEST_GAP.total_seconds():
            continue
        if row[0] >= middle * (1 - EVEN) and row[-1] <= middle * (1 + EVEN):
            found.update(range(max(start, reached), start + EVEN_GAPS + 1))
            reached = start + EVEN_GAPS + 1
    return found
