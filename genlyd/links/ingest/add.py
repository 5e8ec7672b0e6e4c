"""Differences into the sums. Sorted by key, and by one worker per organisation: nobody waits for anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from genlyd.links.domain.sums import Sums
from genlyd.links.domain.verdict import WINDOW_MINUTES
from genlyd.links.ingest import wire

FOUR = ("clicks", "unique_clicks", "human_clicks", "visitors")


@dataclass(frozen=True)
class Table:
    name: str
    #: Columns of the key behind organisation_id, and their types.
    key: tuple[tuple[str, str], ...]
    counts: tuple[str, ...] = FOUR
    #: Columns that a new row gets besides.
    fixed: Mapping[str, str] = ()  # type: ignore[assignment]

    def __post_init__(self) -> None:
        key = [name for name, _type in self.key]
        columns = [*key, *self.counts]
        arrays = ", ".join(
            f"%s::{kind}[]"
            for kind in [*(kind for _name, kind in self.key), *("int" for _count in self.counts)]
        )
        source = f"unnest({arrays}) AS j ({', '.join(columns)})"
        fixed = dict(self.fixed)
        add = ", ".join(f"{count} = t.{count} + excluded.{count}" for count in self.counts)
        insert = (
            f"INSERT INTO {self.name} AS t (organisation_id, {', '.join([*columns, *fixed])})"  # noqa: S608
            f" SELECT %s, {', '.join([*(f'j.{name}' for name in columns), *fixed.values()])} FROM {source}"
            f" ON CONFLICT (organisation_id, {', '.join(key)}) DO UPDATE SET {add}"
        )
        change = (
            f"UPDATE {self.name} AS t SET {', '.join(f'{count} = t.{count} + j.{count}' for count in self.counts)}"  # noqa: S608
            f" FROM {source} WHERE t.organisation_id = %s AND"
            f" {' AND '.join(f't.{name} = j.{name}' for name in key)}"
        )
        object.__setattr__(self, "insert", insert)
        object.__setattr__(self, "change", change)

    def add(self, organisation_id: int, rows: Iterable[tuple[Sequence[Any], Sequence[int]]]) -> None:
        """`rows`: (key, differences). What could not stand alone as a row is a difference of one that is there.

        INSERT checks its row before it looks for a conflict, so that only a whole row can be offered to it.
        """
        ordered = sorted((tuple(key), tuple(counts)) for key, counts in rows)
        whole = [row for row in ordered if _stands(row[1])]
        if whole:
            wire.changed(self.insert, [organisation_id, *_columns(whole)])  # type: ignore[attr-defined]
        parts = [row for row in ordered if not _stands(row[1])]
        if parts:
            wire.changed(self.change, [*_columns(parts), organisation_id])  # type: ignore[attr-defined]


def _stands(counts: Sequence[int]) -> bool:
    """Every count is at most the one before it, and none is below nought."""
    return counts[-1] >= 0 and all(later <= earlier for earlier, later in pairwise(counts))


def _columns(rows: Sequence[tuple[tuple[Any, ...], tuple[int, ...]]]) -> list[list[Any]]:
    return [list(column) for column in zip(*(key + counts for key, counts in rows), strict=True)]


LINKS = Table(
    "links_linkday", (("link_id", "bigint"), ("day", "date")), fixed={'"window"': str(WINDOW_MINUTES)}
)
DAYS = Table("links_daytotal", (("day", "date"), ("campaign_id", "bigint"), ("network", "text")))
MEMBERS = Table("links_membertotal", (("span", "text"), ("member_id", "bigint")))
COUNTRIES = Table("links_countryday", (("day", "date"), ("country", "text")), counts=("human_clicks",))


def add(organisation_id: int, sums: Sums) -> None:
    LINKS.add(organisation_id, [(key, four) for key, four in sums.links.items() if any(four)])
    DAYS.add(organisation_id, sums.groups().items())
    MEMBERS.add(organisation_id, sums.members().items())
    COUNTRIES.add(organisation_id, [(key, (times,)) for key, times in sums.countries.items() if times])
