"""What the rules say now against what was said before. No queries here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from genlyd.links.domain import verdict as names
from genlyd.links.domain.judge import Came, Id, Judged
from genlyd.links.domain.sums import Sums
from genlyd.links.ingest import bounded
from genlyd.links.ingest.claim import Arrived
from genlyd.links.ingest.facts import Facts
from genlyd.links.ingest.known import Known


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at visitors' days found."""

    new: list[tuple[Arrived, Judged]]
    #: Clicks in the sums that are seen differently now.
    changed: list[tuple[Known, Judged]]
    #: The differences both make.
    sums: Sums
    #: Of visitors beyond MOST_PER_DAY: the moment behind which their clicks are judged alone.
    floods: dict[tuple[date, bytes], datetime]


class Judge:
    """One organisation's; gathers over visitors."""

    def __init__(self, links: Mapping[int, Facts], own: Mapping[bytes, int]) -> None:
        self._links = links
        self.own = dict(own)
        #: The last visitor who was found to be beyond MOST_PER_DAY, and whose browser that is.
        self.flooding: bytes | None = None
        self._flooding_member: int | None = None
        self.seen = Seen([], [], Sums(links), {})

    def visitor(self, day: date, arrived: Sequence[Arrived], known: Sequence[Known] = ()) -> None:
        """What arrived of one visitor and day, beside what is known of that day."""
        if known:
            ids = {click.id for click in known}
            arrived = [click for click in arrived if click.id not in ids]
            # A key of chance: the same click, come again. What it was judged by is cut off.
            known = [click for click in known if not click.private]
        clicks: list[Came] = [*known, *arrived]
        if not clicks:
            return
        visitor = (arrived or known)[0].visitor
        own = self._own_member(visitor, known)
        found, flood = bounded.judged(clicks, self._links, own)
        if flood is not None:
            self.seen.floods[day, visitor] = flood
            self.flooding, self._flooding_member = visitor, own
        self._take(day, arrived, found)
        for click in known:
            self._compare(day, click, found[click.id])
        if len(clicks) > 1:
            sums = self.seen.sums
            sums.visitor(day, {click.link_id for click in known if click.first_today}, -1)
            sums.visitor(day, {click.link_id for click in clicks if found[click.id].first_today})

    def behind(self, day: date, arrived: Sequence[Arrived]) -> None:
        """What arrived of a visitor behind their first MOST_PER_DAY."""
        own = self.own.get(arrived[0].visitor)
        self._take(day, arrived, bounded.alone(arrived, self._links, own))

    def behind_known(self, day: date, known: Sequence[Known]) -> None:
        """More of the visitor who was found to be beyond."""
        found = bounded.alone(known, self._links, self._flooding_member)
        for click in known:
            self._compare(day, click, found[click.id])

    def _take(self, day: date, arrived: Sequence[Arrived], found: Mapping[Id, Judged]) -> None:
        for click in arrived:
            judged = found[click.id]
            self.seen.new.append((click, judged))
            self.seen.sums.count(click.link_id, day, judged, click.country)

    def _compare(self, day: date, click: Known, now: Judged) -> None:
        before = Judged(click.verdict, click.is_first, click.first_today)
        if now != before:
            self.seen.changed.append((click, now))
            self.seen.sums.count(click.link_id, day, before, click.country, -1)
            self.seen.sums.count(click.link_id, day, now, click.country)

    def _own_member(self, visitor: bytes, known: Sequence[Known]) -> int | None:
        """Whose browser it is: known today, and afterwards from the clicks that were set apart for it."""
        if visitor in self.own:
            return self.own[visitor]
        own = (self._links.get(click.link_id) for click in known if click.verdict == names.OWN)
        return next((link.member_id for link in own if link is not None), None)
