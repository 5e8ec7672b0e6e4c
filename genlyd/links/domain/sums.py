"""From judged clicks to differences of the sums. One click changes its link's day; all other sums follow from there.

Only visitors need more: who follows two links of one campaign on one day is one visitor of the campaign.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
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
def spans(day: date) -> tuple[str, str, str]:
    """The stretches of time that a member's clicks of a day belong to."""
    year, week, _weekday = day.isocalendar()
    return ("all", f"{day:%Y-%m}", f"{year}-W{week:02}")


def campaign_span(campaign_id: int) -> str:
    return f"c{campaign_id}"


class Sums:
    """Differences, gathered. Links that are gone (not in `dims`) keep what they have."""

    def __init__(self, dims: Mapping[int, Dims]) -> None:
        self._dims = dims
        self.links: defaultdict[tuple[int, date], Four] = defaultdict(_nought)
        self.countries: defaultdict[tuple[date, str], int] = defaultdict(int)
        self._twice: defaultdict[Group, int] = defaultdict(int)
        self._twice_of_member: defaultdict[OfMember, int] = defaultdict(int)

    def count(self, link_id: int, day: date, judged: Judged, country: str, times: int = 1) -> None:
        if link_id not in self._dims:
            return
        four = self.links[link_id, day]
        four[0] += times
        if judged.is_first:
            four[1] += times
            if judged.verdict == names.HUMAN:
                four[2] += times
                if country:
                    self.countries[day, country] += times
        if judged.first_today:
            four[3] += times

    def visitor(self, day: date, links: Iterable[int], times: int = 1) -> None:
        """A human visitor's links of a day. Each link counts one; what they have in common must not count more."""
        known = [self._dims[link] for link in links if link in self._dims]
        if len(known) < 2:  # noqa: PLR2004
            return
        for group, met in Counter((day, dim.campaign_id, dim.network) for dim in known).items():
            self._twice[group] += (met - 1) * times
        for key, met in Counter(key for dim in known for key in _member_keys(day, dim)).items():
            self._twice_of_member[key] += (met - 1) * times

    def groups(self) -> dict[Group, Four]:
        found: defaultdict[Group, Four] = defaultdict(_nought)
        for (link_id, day), four in self.links.items():
            dim = self._dims[link_id]
            _add(found[day, dim.campaign_id, dim.network], four)
        for group, times in self._twice.items():
            found[group][3] -= times
        return _moved(found)

    def members(self) -> dict[OfMember, Four]:
        found: defaultdict[OfMember, Four] = defaultdict(_nought)
        for (link_id, day), four in self.links.items():
            for key in _member_keys(day, self._dims[link_id]):
                _add(found[key], four)
        for key, times in self._twice_of_member.items():
            found[key][3] -= times
        return _moved(found)


def _member_keys(day: date, dim: Dims) -> list[OfMember]:
    member = dim.member_id
    if member is None:
        return []
    keys = [(span, member) for span in spans(day)]
    if dim.campaign_id:
        keys.append((campaign_span(dim.campaign_id), member))
    return keys


def _nought() -> Four:
    return [0, 0, 0, 0]


def _add(to: Four, four: Four) -> None:
    to[0] += four[0]
    to[1] += four[1]
    to[2] += four[2]
    to[3] += four[3]


def _moved(found: Mapping[K, Four]) -> dict[K, Four]:
    return {key: four for key, four in found.items() if any(four)}
