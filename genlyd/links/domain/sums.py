"""From judged clicks to differences of the sums. One click changes its link's day; all other sums follow from there.

Only visitors need more: who follows two links of one campaign on one day is one visitor of the campaign.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol, TypeVar

from genlyd.links.domain import verdict as names
from genlyd.links.domain.judge import Judged


class Dims(Protocol):
    """What of a link its clicks are added up by."""

    @property
    def member_id(self) -> int | None: ...
    @property
    def campaign_id(self) -> int: ...
    @property
    def network(self) -> str: ...


#: clicks, unique_clicks, human_clicks, visitors
Four = list[int]
Group = tuple[date, int, str]
OfMember = tuple[str, int]
K = TypeVar("K", bound=Hashable)


@lru_cache(maxsize=1000)
def spans(day: date) -> tuple[str, str]:
    """The stretches of time that a member's clicks of a day belong to: its month and its ISO week.

    What came in all is the sum of the months: a row for it would be written with every click.
    """
    year, week, _weekday = day.isocalendar()
    return (f"{day:%Y-%m}", f"{year}-W{week:02}")


def months(first: date, last: date) -> list[str]:
    """The spans of all months from that of `first` to that of `last`; of none, if `last` lies in an earlier one."""
    begin, end = (12 * day.year + day.month - 1 for day in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1)]


@dataclass(frozen=True, slots=True)
class Totals:
    """Differences by key, without those that are nought."""

    links: dict[tuple[int, date], Four]
    #: By day, campaign and network.
    groups: dict[Group, Four]
    #: By span and member.
    members: dict[OfMember, Four]
    countries: dict[tuple[date, str], int]


class Sums:
    """Differences, gathered. Links that are gone (not in `dims`) keep what they have."""

    def __init__(self, dims: Mapping[int, Dims]) -> None:
        self._dims = dims
        self._links: defaultdict[tuple[int, date], Four] = defaultdict(_nought)
        self._countries: defaultdict[tuple[date, str], int] = defaultdict(int)
        self._twice: defaultdict[Group, int] = defaultdict(int)
        self._twice_of_day: defaultdict[tuple[date, int], int] = defaultdict(int)
        self._twice_of_campaign: defaultdict[tuple[int, int], int] = defaultdict(int)

    def count(self, link_id: int, day: date, judged: Judged, country: str, times: int = 1) -> None:
        if link_id not in self._dims:
            return
        four = self._links[link_id, day]
        four[0] += times
        if judged.is_first:
            four[1] += times
            if judged.verdict == names.HUMAN:
                four[2] += times
                if country:
                    self._countries[day, country] += times
        if judged.first_today:
            four[3] += times

    def visitor(self, day: date, links: Iterable[int], times: int = 1) -> None:
        """A human visitor's links of a day. Each link counts one; what they have in common must not count more."""
        known = [self._dims[link] for link in links if link in self._dims]
        if len(known) < 2:  # noqa: PLR2004
            return
        for group, met in Counter((day, dim.campaign_id, dim.network) for dim in known).items():
            self._twice[group] += (met - 1) * times
        mine = [(dim.member_id, dim.campaign_id) for dim in known if dim.member_id is not None]
        for member, met in Counter(member for member, _campaign in mine).items():
            self._twice_of_day[day, member] += (met - 1) * times
        for (member, campaign), met in Counter(mine).items():
            self._twice_of_campaign[campaign, member] += (met - 1) * times

    def totals(self) -> Totals:
        groups: defaultdict[Group, Four] = defaultdict(_nought)
        days: defaultdict[tuple[date, int], Four] = defaultdict(_nought)
        campaigns: defaultdict[tuple[int, int], Four] = defaultdict(_nought)
        for (link_id, day), four in self._links.items():
            dim = self._dims[link_id]
            _add(groups[day, dim.campaign_id, dim.network], four)
            member = dim.member_id
            if member is not None:
                _add(days[day, member], four)
                if dim.campaign_id:
                    _add(campaigns[dim.campaign_id, member], four)
        for group, times in self._twice.items():
            groups[group][3] -= times
        for key, times in self._twice_of_day.items():
            days[key][3] -= times
        for (campaign, member), times in self._twice_of_campaign.items():
            if campaign:
                campaigns[campaign, member][3] -= times
        return Totals(
            _moved(self._links), _moved(groups), _moved(_of_members(days, campaigns)),
            {key: times for key, times in self._countries.items() if times},
        )  # fmt: skip


def _of_members(
    days: Mapping[tuple[date, int], Four], campaigns: Mapping[tuple[int, int], Four]
) -> dict[OfMember, Four]:
    found: dict[OfMember, Four] = {
        (f"c{campaign}", member): four for (campaign, member), four in campaigns.items()
    }
    for (day, member), four in days.items():
        for span in spans(day):
            known = found.get((span, member))
            if known is None:
                found[span, member] = four.copy()
            else:
                _add(known, four)
    return found


_NOUGHT = [0, 0, 0, 0]


def _nought() -> Four:
    return [0, 0, 0, 0]


def _add(to: Four, four: Four) -> None:
    to[0] += four[0]
    to[1] += four[1]
    to[2] += four[2]
    to[3] += four[3]


def _moved(found: Mapping[K, Four]) -> dict[K, Four]:
    return {key: four for key, four in found.items() if four != _NOUGHT}
