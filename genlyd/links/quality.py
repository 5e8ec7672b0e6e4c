"""Judge the strings and scenarios in data/ with the rules in force, as ingest would, and count."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import cycle
from typing import Any
from uuid import UUID

from genlyd.links.agents import kind_of
from genlyd.links.domain import verdict as names
from genlyd.links.domain.judge import Hit, Judged, LinkFacts, judge_day
from genlyd.links.domain.quality import Score

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PEOPLE = frozenset({"browser", "in-app browser"})
_SHARER, _COLLEAGUE = 1, 2


@dataclass(frozen=True, slots=True)
class Agent:
    text: str
    #: What sent it: of PEOPLE, or a kind of program.
    kind: str
    source: str
    held_out: bool
    #: What `kind_of` says; "" for a person's browser.
    verdict: str

    @property
    def is_person(self) -> bool:
        return self.kind in PEOPLE

    @property
    def is_right(self) -> bool:
        return self.is_person == (not self.verdict)


@dataclass(frozen=True, slots=True)
class Scene:
    """A scenario played. `clicks`: who clicked (person, machine, sharer), and the judgement."""

    name: str
    clicks: tuple[tuple[str, Judged], ...]
    #: First clicks of people that should be counted, and that are.
    expected: int
    counted: int

    @property
    def judged(self) -> list[tuple[bool, bool]]:
        return [(by == "person", one.verdict == names.HUMAN) for by, one in self.clicks]

    @property
    def firsts(self) -> Score:
        """Of the first clicks that count as people's."""
        counting = [by == "person" for by, one in self.clicks if one.is_first and one.verdict == names.HUMAN]
        right = sum(counting)
        return Score(right, len(counting) - right, max(self.expected - right, 0))

    @property
    def is_right(self) -> bool:
        return self.expected == self.counted and all(is_so == taken for is_so, taken in self.judged)

    @property
    def verdicts(self) -> list[str]:
        """The different names given, in the order they first come."""
        return list(dict.fromkeys(one.verdict for _by, one in self.clicks))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("genlyd.links").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@cache
def agents() -> tuple[Agent, ...]:
    return tuple(
        Agent(text, group["kind"], group["source"], group["held_out"], kind_of(text))
        for group in _read("user_agents")["group"]
        for text in group["agents"]
    )


@cache
def scenes() -> tuple[Scene, ...]:
    data = _read("scenarios")
    return tuple(_play(scenario, data["agents"]) for scenario in data["scenario"])


def _play(scenario: dict[str, Any], texts: dict[str, str]) -> Scene:
    visitors: dict[str, list[tuple[str, Hit]]] = {}
    links: dict[str, int] = {}
    for number, click in enumerate(_single(scenario["clicks"])):
        hit = Hit(
            id=UUID(int=number), link_id=links.setdefault(click["link"], len(links) + 1),
            at=NOON + timedelta(seconds=click["at"]), method=click.get("method", "GET"),
            user_agent=texts[click.get("agent", "chrome")], prefetch=click.get("prefetch", False),
            datacentre=click.get("datacentre", False),
        )  # fmt: skip
        visitors.setdefault(click.get("visitor", "v"), []).append((click["by"], hit))
    published = NOON + timedelta(seconds=scenario["published"]) if "published" in scenario else None
    owner = _COLLEAGUE if scenario.get("others_link") else _SHARER
    facts = {link: LinkFacts(published_at=published, member_id=owner) for link in links.values()}
    clicks: list[tuple[str, Judged]] = []
    for visitor, pairs in visitors.items():
        judged = judge_day(
            [hit for _by, hit in pairs], links=facts, kind_of=kind_of,
            own_member=_SHARER if visitor == scenario.get("sharer") else None,
        )  # fmt: skip
        clicks += [(by, judged[hit.id]) for by, hit in pairs]
    counted = sum(one.is_first and one.verdict == names.HUMAN for _by, one in clicks)
    return Scene(scenario["name"], tuple(clicks), scenario["counted"], counted)


def _single(clicks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for click in clicks:
        links, wobble = cycle(click.get("links", ["a"])), cycle(click.get("wobble", [0]))
        for turn in range(click.get("times", 1)):
            at = click["at"] + turn * click.get("every", 0) + next(wobble)
            yield {**click, "at": at, "link": next(links)}
