"""What a short link is called: by chance, after a story's title, or as somebody chose.

All of it is lower case, and read aloud, typed from paper and printed small without mistakes.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import cache

from genlyd.links.domain import words

#: No look-alikes (none of 0/o, 1/l/i, 2/z, 5/s, 8/b, 9/g/q beside its twin) and no vowels, so that hardly any word can
#: form, bad or good.
ALPHABET = "3467bcdfghjkmnprtvwx"
#: Pairs that look like one letter in print: rn like m, vv like w.
_LOOKS_LIKE_ONE = re.compile("rn|vv|nn")
#: 20**7 is more than a billion, 20**5 three million for each title.
LENGTH, TAIL = 7, 5
#: Letters of a title's readable part; longer ones wrap on paper and are cut by networks.
MOST_READABLE = 16
SHORTEST_WORD, SHORTEST_READABLE = 2, 4
SHORTEST, LONGEST = 3, 40

Choose = Callable[[Sequence[str]], str]


def random_slug(length: int = LENGTH, choose: Choose = secrets.choice) -> str:
    """`x7k4qwd`: never a bad word, its abbreviation or a hateful number."""
    while True:
        slug = "".join(choose(ALPHABET) for _ in range(length))
        if not _LOOKS_LIKE_ONE.search(slug) and not words.bad_by_chance(slug):
            return slug


def readable(title: str) -> str:
    """The part of a title that tells what it is about (`havvind`), or "" if that is not nice to read.

    Whole words only: half a word is no help, and may be another word.
    """
    taken: list[str] = []
    for word in re.findall(r"[a-z]+", words.fold(title).replace("'", "")):
        if word in _stop_words() or len(word) < SHORTEST_WORD:
            continue
        if len("-".join([*taken, word])) > MOST_READABLE:
            if taken:
                break
            continue
        taken.append(word)
    found = "-".join(taken)
    nice = max(map(len, taken), default=0) >= SHORTEST_READABLE and not words.bad(found)
    return found if nice else ""


def titled_slug(title: str, tail: int = TAIL, choose: Choose = secrets.choice) -> str:
    """`havvind-x7k4q`, or a random slug where the title gives nothing nice."""
    start = readable(title)
    if not start:
        return random_slug(LENGTH + tail - TAIL, choose)
    while True:
        slug = f"{start}-{random_slug(tail, choose)}"
        # The title's end and the tail may make together what neither says alone.
        if not words.bad(slug):
            return slug


class Trouble(Enum):
    """Why a slug that somebody chose cannot be had."""

    SHORT = "short"
    LONG = "long"
    LETTERS = "letters"
    RESERVED = "reserved"
    BAD = "bad"


def own_slug(wish: str) -> str:
    """What somebody typed, as it would be written: `Åbent hus 2027` -> `aabent-hus-2027`. May still be in trouble."""
    return re.sub(r"[\s_]+", "-", words.fold(wish.strip().strip("/"))).lower()


def trouble(slug: str) -> Trouble | None:
    """What stands against an own slug, or None. Whether it is free only the database knows."""
    if len(slug) < SHORTEST:
        return Trouble.SHORT
    if len(slug) > LONGEST:
        return Trouble.LONG
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        return Trouble.LETTERS
    if slug in _reserved():
        return Trouble.RESERVED
    return Trouble.BAD if words.bad(slug) else None


def suggestions(slug: str, *, year: int, choose: Choose = secrets.choice) -> Iterator[str]:
    """Slugs near the one that is taken, the nicest first. Each may be taken too."""
    start = re.sub(r"-\d{1,2}$", "", slug)[: LONGEST - 6].rstrip("-")
    for end in (str(year), "2", "nu", "3", "4", "dk", "5"):
        if trouble(f"{start}-{end}") is None and f"{start}-{end}" != slug:
            yield f"{start}-{end}"
    for _ in range(5):
        found = f"{start}-{random_slug(3, choose)}"
        if trouble(found) is None:
            yield found


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for line in words.lines("stop_words.txt") for word in line.split())


@cache
def _reserved() -> frozenset[str]:
    return frozenset(words.lines("reserved_slugs.txt"))
