"""What a short link must not say. Reads the kept lists once; no database, no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from unicodedata import normalize

_DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "đ": "d", "ł": "l"}
)
#: Digits as people write them for letters. 1 and 6 are read both ways.
_AS_LETTERS = [str.maketrans("013456789", letters) for letters in ("oieasgtbg", "oleasbtbg")]
_VOWELS = re.compile("[aeiouy]")
#: Shorter skeletons (pk, ss) would refuse half of all chance.
SHORTEST_SKELETON = 3


def fold(text: str) -> str:
    """Lower case and plain letters, as Danes write theirs without the keys: `Blåbærgrød` -> `blaabaergroed`."""
    plain = normalize("NFKD", normalize("NFC", text).lower().translate(_DANISH))
    return "".join(letter for letter in plain if ord(letter) < 128)  # noqa: PLR2004


def lines(name: str) -> list[str]:
    """The lines of one of our lists, without comments and empty ones."""
    text = files("genlyd.links").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def sections() -> dict[str, frozenset[str]]:
    """The bad words by section, folded."""
    found: dict[str, set[str]] = {}
    for line in lines("bad_words.txt"):
        if line.startswith("["):
            here = found.setdefault(line.strip("[]"), set())
        else:
            here.add(fold(line))
    return {name: frozenset(words) for name, words in found.items()}


def skeleton(word: str) -> str:
    return _VOWELS.sub("", word)


def _repeatable(words: Iterable[str]) -> str:
    """A pattern in which each letter may be repeated: fuuuck is the word, and niger is not the other."""
    return "|".join("".join(f"{letter}+" for letter in word) for word in sorted(words, key=len, reverse=True))


@cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(_repeatable(sections()["anywhere"]))


@cache
def _word() -> re.Pattern[str]:
    bad = sections()
    short = {skeleton(word) for word in bad["anywhere"] | bad["word"]}
    known = bad["word"] | {word for word in short if len(word) >= SHORTEST_SKELETON}
    return re.compile(_repeatable(known))


@cache
def _code() -> re.Pattern[str]:
    return re.compile("|".join(sorted(sections()["code"])))


@cache
def _by_chance() -> re.Pattern[str]:
    bad = sections()
    every = bad["anywhere"] | bad["word"] | bad["code"] | bad["random"]
    short = {skeleton(word) for word in every}
    return re.compile(_repeatable(every | {word for word in short if len(word) >= SHORTEST_SKELETON}))


def _readings(text: str) -> set[str]:
    return {text, *(text.translate(letters) for letters in _AS_LETTERS)}


def _runs(parts: list[str]) -> Iterable[str]:
    """Every run of neighbouring parts, joined: what separators in the middle of a word would hide."""
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            yield "".join(parts[start:end])


def bad(text: str) -> bool:
    """True if a person would read a bad word or a hateful number in it, however it is spelt."""
    parts = [part for part in re.split(r"[^a-z0-9]+", fold(text)) if part]
    joined = "".join(parts)
    if any(_anywhere().search(reading) for reading in _readings(joined)):
        return True
    letters_only = [part for part in re.split(r"[^a-z]+", fold(text)) if part]
    runs = {*_runs(parts), *letters_only}
    if any(_word().fullmatch(reading) for run in runs for reading in _readings(run)):
        return True
    numbers = re.split(r"[^0-9]+", re.sub(r"(?<=\d)[^a-z0-9]+(?=\d)", "", fold(text)))
    return any(_code().fullmatch(found) for found in {*numbers, *runs} if found)


def bad_by_chance(text: str) -> bool:
    """Stricter, for what chance makes and nobody would miss: bad words' consonants and short ones too."""
    folded = re.sub(r"[^a-z0-9]", "", fold(text))
    return any(_by_chance().search(reading) for reading in _readings(folded))
