"""A visitor's day, however many clicks it has. Pure.

Beyond MOST_PER_DAY nothing is a person's, and only the first MOST_PER_DAY of the day can be firsts. So whoever holds
those and the new ones knows the answer without reading the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from genlyd.links.agents import kind_of
from genlyd.links.domain import rates
from genlyd.links.domain.judge import Came, Flood, Id, Judged, LinkFacts, judge_day

MOST = rates.MOST_PER_DAY


def judged(
    hits: list[Came], links: Mapping[int, LinkFacts], own_member: int | None
) -> tuple[dict[Id, Judged], datetime | None]:
    """A judgement for every hit; and, of a visitor beyond MOST, the moment behind which each hit is judged alone."""
    if len(hits) <= MOST:
        return dict(judge_day(hits, links=links, kind_of=kind_of, own_member=own_member)), None
    hits = sorted(hits, key=lambda hit: (hit.at, hit.id))
    found = dict(judge_day(hits[:MOST], links=links, kind_of=kind_of, own_member=own_member, flood=Flood()))
    return found | alone(hits[MOST:], links, own_member), hits[MOST - 1].at


def alone(hits: Iterable[Came], links: Mapping[int, LinkFacts], own_member: int | None) -> dict[Id, Judged]:
    """Hits behind the first MOST of their visitor's day."""
    found = {}
    for hit in hits:
        one = judge_day([hit], links=links, kind_of=kind_of, own_member=own_member, flood=Flood())[hit.id]
        found[hit.id] = Judged(one.verdict, is_first=False, first_today=False)
    return found
