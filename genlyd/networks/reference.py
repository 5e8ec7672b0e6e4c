"""docs/reference/networks.md: what each network can do, may be asked and answers, written from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from genlyd.networks.abilities import abilities
from genlyd.networks.contract import Network
from genlyd.networks.registry import REAL

PAGE = Path("docs/reference/networks.md")
#: Everything above this line is written by hand; everything below is written by `write_networks`.
MARK = "<!-- written from the declarations by `django write_networks`; do not edit below -->"


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def _capabilities() -> Iterator[str]:
    known = list(REAL.values())
    columns = [[str(words) for _name, words in abilities(network)] for network in known]
    names = [str(name) for name, _words in abilities(known[0])]
    yield from _table(
        ["", *(str(network.name) for network in known)],
        [[name, *(column[row] for column in columns)] for row, name in enumerate(names)],
    )


def _one(network: Network, said: dict[str, str]) -> Iterator[str]:
    yield from (f"## {network.name}", "")
    limits = ", ".join(f"{limit.most} {limit.unit}" for limit in network.limits)
    yield from (f"A post holds at most {limits}.", "")
    if network.cost:
        yield from (str(network.cost), "")
    if network.addresses:
        yield from ("Asked at: " + ", ".join(f"`{url}`" for url in network.addresses.values()) + ".", "")
    if network.policy:
        yield from (*(f"- {note}" for note in network.policy), "")
    if network.errors:
        rows = [
            [str(error.status or ""), f"`{error.code}`" if error.code else "", error.kind.value,
             str(network.problems.get(error.problem) or said.get(error.problem, "")), error.source]
            for error in network.errors
        ]  # fmt: skip
        yield from _table(["status", "code", "means", "what the person is told", "source"], rows)
        yield ""


def page(written: str, said: dict[str, str]) -> str:
    """The whole page; what stands above the mark in `written` stays. `said`: the general words for problems."""
    with translation.override("en"):
        lines = ["## What each network can do", "", *_capabilities(), ""]
        for network in REAL.values():
            lines += _one(network, {key: str(words) for key, words in said.items()})
    return f"{written.partition(MARK)[0]}{MARK}\n\n" + "\n".join(lines).rstrip() + "\n"
