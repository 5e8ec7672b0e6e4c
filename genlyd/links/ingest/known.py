"""The visitors' earlier clicks of the day: they decide about the new ones, and may be seen differently beside them."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from genlyd.links.domain import rates
from genlyd.links.ingest import wire
from genlyd.links.models.clicks import ON_DAY, on_day


class Known(NamedTuple):
    """A click that is in the sums."""

    id: str
    link_id: int
    at: datetime
    visitor: bytes
    method: str
    user_agent: str
    prefetch: bool
    datacentre: bool
    private: bool
    country: str
    verdict: str
    is_first: bool
    first_today: bool


COLUMNS = (
    "c.id::text, c.link_id, c.at, c.visitor, c.method, c.user_agent, c.prefetch, c.datacentre, c.private, c.country,"
    " c.verdict, c.is_first, c.first_today"
)
#: A visitor's first clicks of the day say all about the others beyond MOST_PER_DAY.
ENOUGH = rates.MOST_PER_DAY + 1


def of_day(organisation_id: int, day: date, visitors: Iterable[bytes]) -> Any:
    """A cursor for `by_visitor`: at most ENOUGH clicks of each visitor, the earliest."""
    return wire.ask(
        f"SELECT {COLUMNS} FROM unnest(%s::bytea[]) AS wanted (visitor) CROSS JOIN LATERAL ("  # noqa: S608
        f"SELECT * FROM links_click WHERE organisation_id = %s AND {ON_DAY} AND visitor = wanted.visitor"
        f" ORDER BY at, id LIMIT {ENOUGH}) AS c",
        [wire.keys(visitors), organisation_id, *on_day(day)],
    )


def by_visitor(found: Any) -> dict[bytes, list[Known]]:
    result: defaultdict[bytes, list[Known]] = defaultdict(list)
    for row in found.fetchall():
        result[row[3]].append(Known._make(row))
    return result


Flooded = tuple[int, date, bytes]


class Floods:
    """Visitors known to be beyond MOST_PER_DAY, and the moment of their last click that must be looked at again.

    Only to save reading: what lies behind that moment is judged alone. It can only move to earlier times, so that an
    old one errs on the side of reading. A process forgets the oldest of them.
    """

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._known: OrderedDict[Flooded, datetime] = OrderedDict()

    def note(self, visitor: Flooded, last: datetime) -> None:
        self._known[visitor] = last
        self._known.move_to_end(visitor)
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    def last(self, visitor: Flooded) -> datetime | None:
        return self._known.get(visitor)


FLOODS = Floods()
