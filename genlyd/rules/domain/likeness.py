"""How alike are two people's texts? For networks that forbid the same words from several accounts.

Alike is the larger of two shares: of the words that stand in runs of three that the other text has too, and of all
words that both have. The first hears whole sentences taken over, the second a word changed here and there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from genlyd.rules.domain.own_words import words
from genlyd.rules.domain.phrases import nfc
from genlyd.rules.domain.settings import Disclosure

RUN = 3


@dataclass(frozen=True)
class Likeness:
    #: From 0 (nothing in common) to 1 (the same words).
    share: float
    #: The longest run of words that both have, in order; "" when there is none of at least three.
    common: str


def likest(text: str, others: Iterable[str], known: Disclosure | None = None) -> Likeness:
    """Of the other text that is most like this one. Linear in the length of each."""
    mine = words(text, known)
    share, other = max(
        ((_share(text, mine, other, words(other, known)), other) for other in others), default=(0.0, "")
    )
    return Likeness(share, _common(mine, words(other, known)))


def _share(text: str, mine: Sequence[str], other: str, theirs: Sequence[str]) -> float:
    if not mine or not theirs:
        return 1.0 if nfc(text).split() == nfc(other).split() else 0.0
    runs = {tuple(theirs[at : at + RUN]) for at in range(len(theirs) - RUN + 1)}
    taken = [False] * len(mine)
    for at in range(len(mine) - RUN + 1):
        if tuple(mine[at : at + RUN]) in runs:
            taken[at : at + RUN] = [True] * RUN
    both, either = set(mine) & set(theirs), set(mine) | set(theirs)
    return max(sum(taken) / len(mine), len(both) / len(either))


def _common(mine: Sequence[str], theirs: Sequence[str]) -> str:
    found = SequenceMatcher(None, mine, theirs, autojunk=False).find_longest_match()
    return " ".join(mine[found.a : found.a + found.size]) if found.size >= RUN else ""
