"""The quality of the verdicts as tables: for `genlyd verdicts` and for docs/reference/verdicts.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genlyd.links.domain.quality import Score, scores
from genlyd.links.domain.verdict import RULES_VERSION
from genlyd.links.quality import PEOPLE, Agent, Scene, agents, scenes

PAGE = Path("docs/reference/verdicts.md")
#: Everything above this line is written by hand; everything below is written by `write_verdicts`.
MARK = "<!-- written from the rules and their data by `django write_verdicts`; do not edit below -->"


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables() -> Iterator[Table]:
    known = agents()
    held_out = [agent for agent in known if agent.held_out]
    clicks = [pair for scene in scenes() for pair in scene.judged]
    yield Table(
        "In all",
        f"Rules {RULES_VERSION}; {len(known)} user agents, {len(held_out)} of them held out; {len(scenes())} scenarios"
        f" with {len(clicks)} clicks, {sum(scene.is_right for scene in scenes())} of them judged rightly throughout.",
        ("", "right", "wrongly", "missed", "precision", "recall", "F1"),
        (
            *_both("user agents held out", [_seen(agent) for agent in held_out]),
            *_both("all user agents", [_seen(agent) for agent in known]),
            *_both("clicks in scenarios", clicks),
            _line("first clicks in scenarios: people", sum((scene.firsts for scene in scenes()), Score())),
        ),
    )
    yield Table(
        "User agents by kind",
        "Right: a person's browser taken for a person's, a program for a program.",
        ("kind", "user agents", "right", "", "held out", "right", "", "verdicts"),
        tuple(_kind(kind, [agent for agent in known if agent.kind == kind]) for kind in _kinds(known)),
    )
    yield Table(
        "Misjudged user agents", "", ("kind", "taken for", "user agent"),
        tuple((agent.kind, agent.verdict or "a person", agent.text) for agent in known if not agent.is_right),
    )  # fmt: skip
    yield Table(
        "Scenarios",
        "Counted: first clicks of people, as they should be and as they are.",
        ("scenario", "clicks", "right", "should count", "counts", "verdicts", ""),
        tuple(_scene(scene) for scene in scenes()),
    )


def _seen(agent: Agent) -> tuple[bool, bool]:
    return agent.is_person, not agent.verdict


def _both(what: str, judged: list[tuple[bool, bool]]) -> Iterator[tuple[str, ...]]:
    people, programs = scores(judged)
    if people.right + people.missed:
        yield _line(f"{what}: people", people)
    yield _line(f"{what}: programs", programs)


def _line(what: str, score: Score) -> tuple[str, ...]:
    measures = (score.precision, score.recall, score.f1)
    return (what, str(score.right), str(score.wrong), str(score.missed), *map(_percent, measures))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}".replace("%", " %")


def _kinds(known: Iterable[Agent]) -> list[str]:
    return sorted({agent.kind for agent in known}, key=lambda kind: (kind not in PEOPLE, kind))


def _kind(kind: str, theirs: list[Agent]) -> tuple[str, ...]:
    held_out = [agent for agent in theirs if agent.held_out]
    verdicts = sorted({agent.verdict or "human" for agent in theirs})
    named = ", ".join(
        f"{name} {sum((agent.verdict or 'human') == name for agent in theirs)}" for name in verdicts
    )
    return (kind, *_rightness(theirs), *_rightness(held_out), named)


def _rightness(some: list[Agent]) -> tuple[str, str, str]:
    right = sum(agent.is_right for agent in some)
    return str(len(some)), str(right), _percent(right / len(some) if some else None)


def _scene(scene: Scene) -> tuple[str, ...]:
    right = sum(is_so == taken for is_so, taken in scene.judged)
    mark = "" if scene.is_right else "misjudged"
    return (
        scene.name, str(len(scene.clicks)), str(right), str(scene.expected), str(scene.counted),
        ", ".join(scene.verdicts), mark,
    )  # fmt: skip


def as_text() -> str:
    """For a terminal."""
    return "\n".join(line for table in tables() for line in _text(table))


def _text(table: Table) -> Iterator[str]:
    yield from (table.title, "-" * len(table.title))
    if table.note:
        yield from (table.note, "")
    lines = [table.head, *table.rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.head))]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
    yield ""


def page(written: str) -> str:
    """The whole reference page; what stands above the mark in `written` stays."""
    above = written.partition(MARK)[0]
    return above + MARK + "\n\n" + "\n".join(line for table in tables() for line in _markdown(table))


def _markdown(table: Table) -> Iterator[str]:

    yield from (f"## {table.title}", "")
    if table.note:
        yield from (table.note, "")
    yield f"| {' | '.join(table.head)} |"
    yield f"|{'---|' * len(table.head)}"
    for row in table.rows:
        cells = [cell.replace("|", chr(92) + "|") for cell in row]
        yield f"| {' | '.join(cells)} |"
    yield ""
