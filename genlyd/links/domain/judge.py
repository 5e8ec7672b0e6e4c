"""Judge one visitor's clicks of one UTC day for one organisation. Nothing is ever dropped, only named.

The answer depends on the clicks alone, not on their order or on how they came in: give the function all that is
known of the day each time, and compare what it says with what was said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from genlyd.links.domain import rates
from genlyd.links.domain import verdict as names

#: What a user agent says about itself: `preview`, `bot`, `scanner`, or "" for a person's browser.
KindOf = Callable[[str], str]
#: UUIDs, or all of them as text: that sorts alike.
Id = Any


class Came(Protocol):
    """What is asked of a click. All given together are of one organisation, one visitor key and one UTC day."""

    @property
    def id(self) -> Id: ...
    @property
    def link_id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def method(self) -> str: ...
    @property
    def user_agent(self) -> str: ...
    @property
    def prefetch(self) -> bool: ...
    @property
    def datacentre(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """One click as it came, where no row of a table is at hand."""

    id: Id
    link_id: int
    at: datetime
    method: str = "GET"
    user_agent: str = ""
    prefetch: bool = False
    #: The address lies in a data centre, according to the operator's file.
    datacentre: bool = False


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is known of a link that is there. A link without facts is gone: its clicks are orphans."""

    #: When the post that carries it went out.
    published_at: datetime | None = None
    #: Whose link it is.
    member_id: int | None = None


class Judged(NamedTuple):
    verdict: str
    #: First click on its link within the window, among people or among machines.
    is_first: bool
    #: First human click on its link this day: these, counted, are the link's daily unique visitors.
    first_today: bool


@dataclass(frozen=True, slots=True)
class Flood:
    """A visitor beyond `rates.MOST_PER_DAY` need not be read again with each batch: its first clicks are enough.

    The hits given are then the new ones only. `firsts`: link -> times of the first clicks already counted.
    """

    firsts: Mapping[int, Sequence[datetime]] = field(default_factory=dict)


def judge_day(
    hits: Iterable[Came],
    *,
    links: Mapping[int, LinkFacts],
    kind_of: KindOf,
    own_member: int | None = None,
    flood: Flood | None = None,
) -> dict[Id, Judged]:
    """A judgement for every hit. `own_member`: the member whose own browser this visitor is, if that is known."""
    ordered = sorted(hits, key=lambda hit: (hit.at, hit.id))
    verdicts = [_alone(hit, links.get(hit.link_id), kind_of, own_member) for hit in ordered]
    if len(ordered) == 1 and flood is None:  # most visitors
        return {ordered[0].id: Judged(verdicts[0], is_first=True, first_today=verdicts[0] == names.HUMAN)}
    if flood is not None or len(ordered) > rates.MOST_PER_DAY:
        verdicts = [names.TOO_MANY if name in _RATED else name for name in verdicts]
    elif len(ordered) > 1:
        _name_scans(ordered, verdicts)
        _name_rates(ordered, verdicts)
    return _marked(ordered, verdicts, flood.firsts if flood else {})


#: Verdicts that a rate comes before, in the order of the steps.
_RATED = frozenset({names.ORPHAN, names.HUMAN})
_SCANNABLE = _RATED | {names.DATACENTRE, names.OWN, names.TOO_SOON}


def _alone(hit: Came, facts: LinkFacts | None, kind_of: KindOf, own_member: int | None) -> str:  # noqa: PLR0911
    """What a click says about itself: the first step that stops it."""
    if hit.method == "HEAD":
        return names.HEAD
    if hit.prefetch:
        return names.PREFETCH
    if kind := kind_of(hit.user_agent):
        return kind
    if hit.datacentre:
        return names.DATACENTRE
    if facts is None:
        return names.ORPHAN
    if own_member is not None and facts.member_id == own_member:
        return names.OWN
    published = facts.published_at
    if published is not None and timedelta(0) <= hit.at - published <= names.SOON:
        return names.TOO_SOON
    return names.HUMAN


def _name_scans(ordered: list[Came], verdicts: list[str]) -> None:
    """HEAD requests are part of a scan's picture; who fetches ahead is a browser at work, not a scanner.

    No browser asks with HEAD before it shows a page: who does, and fetches the page at once, checks links.
    """
    seen = [place for place, name in enumerate(verdicts) if name in _SCANNABLE or name == names.HEAD]
    for place in rates.scanned([ordered[n].at for n in seen], [ordered[n].link_id for n in seen]):
        if verdicts[seen[place]] in _SCANNABLE:
            verdicts[seen[place]] = names.SCANNER
    asked: dict[int, datetime] = {}
    for place in seen:
        hit = ordered[place]
        if hit.method == "HEAD":
            asked[hit.link_id] = hit.at
        elif hit.link_id in asked and hit.at - asked[hit.link_id] <= rates.AFTER_HEAD:
            verdicts[place] = names.SCANNER


def _name_rates(ordered: list[Came], verdicts: list[str]) -> None:
    seen = [place for place, name in enumerate(verdicts) if name in _RATED]
    if len(seen) < rates.EVEN_GAPS:
        return
    times = [ordered[place].at for place in seen]
    found = rates.crowded(times, rates.MOST_PER_BURST, rates.BURST) | rates.clockwork(times)
    visits = [n for n, first in enumerate(_visits(ordered, seen)) if first]
    busy = rates.crowded([times[n] for n in visits], rates.MOST_PER_HOUR, rates.HOUR)
    if busy:  # repeats go with the visit they belong to
        begins, crowd = set(visits), {visits[n] for n in busy}
        busy_links: dict[int, bool] = {}
        for n, place in enumerate(seen):
            link = ordered[place].link_id
            if n in begins:
                busy_links[link] = n in crowd
            if busy_links[link]:
                found.add(n)
    for n in found:
        verdicts[seen[n]] = names.TOO_MANY


def _visits(ordered: list[Came], places: list[int]) -> list[bool]:
    last: dict[int, datetime] = {}
    marks = []
    for place in places:
        hit = ordered[place]
        before = last.get(hit.link_id)
        marks.append(before is None or hit.at - before >= names.WINDOW)
        if marks[-1]:
            last[hit.link_id] = hit.at
    return marks


def _marked(
    ordered: list[Came], verdicts: list[str], known: Mapping[int, Sequence[datetime]]
) -> dict[Id, Judged]:
    """Firsts of people and of machines apart: else a browser that fetches ahead made its person's click a repeat."""
    counted = {(link_id, False): list(times) for link_id, times in known.items()}
    met: set[int] = set()
    judged: dict[Id, Judged] = {}
    for hit, name in zip(ordered, verdicts, strict=True):
        human = name == names.HUMAN
        times = counted.setdefault((hit.link_id, human), [])
        first = not times or all(abs(hit.at - other) >= names.WINDOW for other in _near(times, known))
        if first:
            times.append(hit.at)
        judged[hit.id] = Judged(name, first, human and hit.link_id not in met)
        if human:
            met.add(hit.link_id)
    return judged


def _near(times: list[datetime], known: Mapping[int, Sequence[datetime]]) -> list[datetime]:
    """Clicks come in order: the last first decides, unless firsts of earlier batches may lie on either side."""
    return times if known else times[-1:]
