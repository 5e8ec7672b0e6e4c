"""Differences into the sums. Sorted by key, and by one worker per organisation: nobody waits for anybody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from genlyd.links.domain.sums import Totals
from genlyd.links.domain.verdict import WINDOW_MINUTES
from genlyd.links.ingest import wire

FOUR = ("clicks", "unique_clicks", "human_clicks", "visitors")


class Table:
    """`key`: columns behind organisation_id and their types; `fixed`: what a new row gets besides."""

    def __init__(
        self,
        name: str,
        key: dict[str, str],
        counts: tuple[str, ...] = FOUR,
        fixed: dict[str, int] | None = None,
    ) -> None:
        self.name = name
        self.fixed = fixed or {}
        self._counts = len(counts)
        self._arrays = [wire.words if kind == "text" else wire.array for kind in [*key.values(), *counts]]
        columns = [*key, *counts]
        arrays = ", ".join(f"%s::{kind}[]" for kind in [*key.values(), *("int" for _count in counts)])
        source = f"unnest({arrays}) AS j ({', '.join(columns)})"
        values = [*(f"j.{column}" for column in columns), *map(str, self.fixed.values())]
        self._insert = (
            f"INSERT INTO {name} AS t (organisation_id, {', '.join([*columns, *self.fixed])})"  # noqa: S608
            f" SELECT %s, {', '.join(values)} FROM {source}"
            f" ON CONFLICT (organisation_id, {', '.join(key)}) DO UPDATE SET"
            f" {', '.join(f'{count} = t.{count} + excluded.{count}' for count in counts)}"
        )
        self._change = (
            f"UPDATE {name} AS t SET {', '.join(f'{count} = t.{count} + j.{count}' for count in counts)}"  # noqa: S608
            f" FROM {source} WHERE t.organisation_id = %s AND {' AND '.join(f't.{one} = j.{one}' for one in key)}"
        )

    def add(self, organisation_id: int, rows: Iterable[tuple[Any, ...]]) -> None:
        """`rows`: key and differences. What could not stand alone as a row is a difference of one that is there.

        INSERT checks its row before it looks for a conflict, so that only a whole row can be offered to it.
        """
        whole: list[tuple[Any, ...]] = []
        parts: list[tuple[Any, ...]] = []
        for row in sorted(rows):
            (whole if _stands(row[-self._counts :]) else parts).append(row)
        if whole:
            wire.send(self._insert, [organisation_id, *self._columns(whole)])
        if parts:
            wire.send(self._change, [*self._columns(parts), organisation_id])

    def _columns(self, rows: list[tuple[Any, ...]]) -> list[str]:
        columns = zip(*rows, strict=True)
        return [array(column) for array, column in zip(self._arrays, columns, strict=True)]


def _stands(counts: tuple[int, ...]) -> bool:
    """Every count is at most the one before it, and none is below nought."""
    return counts[-1] >= 0 and (len(counts) == 1 or counts[0] >= counts[1] >= counts[2] >= counts[3])


LINKS = Table("links_linkday", {"link_id": "bigint", "day": "date"}, fixed={'"window"': WINDOW_MINUTES})
DAYS = Table("links_daytotal", {"day": "date", "campaign_id": "bigint", "network": "text"})
MEMBERS = Table("links_membertotal", {"span": "text", "member_id": "bigint"})
COUNTRIES = Table("links_countryday", {"day": "date", "country": "text"}, ("human_clicks",))


def add(organisation_id: int, totals: Totals) -> None:
    LINKS.add(organisation_id, ((*key, *four) for key, four in totals.links.items()))
    DAYS.add(organisation_id, ((*key, *four) for key, four in totals.groups.items()))
    MEMBERS.add(organisation_id, ((*key, *four) for key, four in totals.members.items()))
    COUNTRIES.add(organisation_id, ((*key, times) for key, times in totals.countries.items()))
