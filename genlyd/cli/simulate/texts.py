"""What people and the organisation say, from texts/stories.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Card:
    """One message card, and what colleagues wrote about it."""

    focus: str
    sentence: str
    why: str
    not_public_yet: str
    facts: tuple[tuple[str, str], ...]
    angles: tuple[str, ...]
    example: str
    picture: str
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    alt: str
    person: bool


@dataclass(frozen=True, slots=True)
class Texts:
    cards: tuple[Card, ...]
    drawings: dict[str, Drawing]
    #: By language: beginnings that say where the writer works.
    openings: dict[str, tuple[str, ...]]

    @property
    def focus_areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(card.focus for card in self.cards))


def load(organisation: str) -> Texts:
    """All texts, with the organisation's name in its place."""
    raw = (FOLDER / "stories.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(
        raw.replace("{org}", organisation.replace('"', "'").replace("\\", ""))
    )
    cards = tuple(
        Card(
            focus=row["focus"],
            sentence=row["sentence"],
            why=row["why"],
            not_public_yet=row.get("not_public_yet", ""),
            facts=tuple((text, source) for text, source in row["facts"]),
            angles=tuple(row["angles"]),
            example=row["example"],
            picture=row["picture"],
            posts=tuple(row["posts"]),
        )
        for row in data["stories"]
    )
    return Texts(
        cards=cards,
        drawings={name: Drawing(**row) for name, row in data["pictures"].items()},
        openings={language: tuple(rows) for language, rows in data["openings"].items()},
    )


def language_of(post: str) -> str:
    """Danish or English, by the small words that only one of them has."""
    words = set(post.lower().split())
    return (
        "en"
        if len(words & {"the", "and", "of", "is", "my"}) > len(words & {"og", "det", "er", "jeg", "på"})
        else "da"
    )
