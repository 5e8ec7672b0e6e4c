"""The totals of the history, as ingest would have added them up click by click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import psycopg

from tests.speed.links.columns import Values, refill
from tests.speed.links.layout import NETWORKS, Layout

CHUNK = 300_000
#: Bits of a packed click: its day, then first, human and first today.
DAY_BITS, FLAG_BITS = 8, 3
COUNTS = ("clicks", "unique_clicks", "human_clicks", "visitors")


class Seen:
    """What of each click its totals need, packed into one number."""

    def __init__(self) -> None:
        self._packed: list[np.ndarray] = []

    def add(
        self, link: np.ndarray, day: np.ndarray, first: np.ndarray, human: np.ndarray, today: np.ndarray
    ) -> None:
        """`link` and `day` counted from the first one."""
        flags = first.astype("i8") << 2 | (first & human).astype("i8") << 1 | today.astype("i8")
        self._packed.append(((link << DAY_BITS | day) << FLAG_BITS) | flags)

    def link_days(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Links, days, and their four counts."""
        packed = np.concatenate(self._packed)
        self._packed.clear()
        packed.sort()
        keys, starts = np.unique(packed >> FLAG_BITS, return_index=True)
        ends = np.append(starts[1:], len(packed))
        counts = np.stack([
            ends - starts,
            *(np.add.reduceat(packed >> bit & 1, starts) for bit in (2, 1, 0)),
        ], axis=1)  # fmt: skip
        return keys >> DAY_BITS, keys & (1 << DAY_BITS) - 1, counts


@dataclass
class _Rows:
    """One row for each link and day on which it was clicked."""

    layout: Layout
    link: np.ndarray
    day: np.ndarray
    counts: np.ndarray

    def __post_init__(self) -> None:
        self.ids = self.layout.first_link + self.link
        self.place = self.layout.organisation_of(self.ids)
        within = self.ids - self.layout.link_from[self.place]
        self.network = self.layout.networks_of(within)
        self.member = self.layout.members_of(self.place, within)

    def date(self, day: int) -> date:
        return self.layout.begin.date() + timedelta(days=int(day))

    def sums(self, key: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """By `key`: its values, a row that has each, the four sums."""
        values, first, group = np.unique(key, return_index=True, return_inverse=True)
        columns = [np.bincount(group, self.counts[:, place]).astype("i8") for place in range(len(COUNTS))]
        return values, first, np.stack(columns, axis=1)


def load(connection: psycopg.Connection, layout: Layout, seen: Seen) -> None:
    """In the caller's transaction."""
    rows = _Rows(layout, *seen.link_days())
    for table, chunks in (
        ("links_linkday", _link_days(rows)),
        ("links_daytotal", _day_totals(rows)),
        ("links_membertotal", _member_totals(rows)),
        ("links_countryday", _country_days(rows)),
    ):
        refill(connection, table, chunks)


def _counts(sums: np.ndarray) -> Values:
    return {name: sums[:, place] for place, name in enumerate(COUNTS)}


def _link_days(rows: _Rows) -> Iterator[tuple[int, Values]]:
    for first in range(0, len(rows.ids), CHUNK):
        some = slice(first, first + CHUNK)
        yield len(rows.ids[some]), {
            "organisation_id": rows.layout.organisations[rows.place[some]], "link_id": rows.ids[some], "window": 30,
            "day": _days(rows, rows.day[some]), **_counts(rows.counts[some]),
        }  # fmt: skip


def _days(rows: _Rows, days: np.ndarray) -> np.ndarray:
    """As PostgreSQL counts them."""
    return (rows.layout.begin.date() - date(2000, 1, 1)).days + days


def _day_totals(rows: _Rows) -> Iterator[tuple[int, Values]]:
    _keys, first, sums = rows.sums((rows.place << DAY_BITS | rows.day) << 4 | rows.network)
    for number, network in enumerate(NETWORKS):
        chosen = rows.network[first] == number
        which = first[chosen]
        yield len(which), {
            "organisation_id": rows.layout.organisations[rows.place[which]], "day": _days(rows, rows.day[which]),
            "campaign_id": rows.layout.periods[rows.place[which]], "network": network, **_counts(sums[chosen]),
        }  # fmt: skip


def _member_totals(rows: _Rows) -> Iterator[tuple[int, Values]]:
    every = [rows.date(day) for day in range(int(rows.day.max()) + 1)]
    for names in ([f"{day:%Y-%m}" for day in every], [f"{day:%G-W%V}" for day in every]):
        known = sorted(set(names))
        span = np.array([known.index(name) for name in names])[rows.day]
        _keys, first, sums = rows.sums(rows.member << 6 | span)
        for number, name in enumerate(known):
            chosen = span[first] == number
            yield int(chosen.sum()), _of_members(rows, first[chosen], sums[chosen], name)
    _keys, first, sums = rows.sums(rows.member)
    for place, period in enumerate(rows.layout.periods):
        some = rows.place[first] == place
        yield int(some.sum()), _of_members(rows, first[some], sums[some], f"c{period}")


def _of_members(rows: _Rows, which: np.ndarray, sums: np.ndarray, span: str) -> Values:
    return {
        "organisation_id": rows.layout.organisations[rows.place[which]], "member_id": rows.member[which], "span": span,
        **_counts(sums),
    }  # fmt: skip


def _country_days(rows: _Rows) -> Iterator[tuple[int, Values]]:
    _keys, first, sums = rows.sums(rows.place << DAY_BITS | rows.day)
    yield len(first), {
        "organisation_id": rows.layout.organisations[rows.place[first]], "day": _days(rows, rows.day[first]),
        "country": "DK", "human_clicks": sums[:, 2],
    }  # fmt: skip
