"""Are these somebody's own words? (metrics.md, section 4)

A word counts as taken over when it stands in a run of at least four words that also stands, in the same order, in
one of the suggested texts. Links, hashtags, mentions, the disclosure and emoji are set aside before counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genlyd.rules.domain import disclosure
from genlyd.rules.domain.phrases import nfc
from genlyd.rules.domain.settings import Disclosure, OwnWords

_SET_ASIDE = re.compile(r"https?://\S+|www\.\S+|[#@][\w.\-]+(?:@[\w.\-]+)?", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


@dataclass(frozen=True)
class Measure:
    tokens: int
    #: Tokens in runs that also stand in a suggested text.
    matched: int
    #: The longest stretch without such a run, in words.
    longest_own_run: int
    own_words: bool

    @property
    def own_share(self) -> float:
        """1 - matched / tokens; a text without words has taken nothing over."""
        return 1 - self.matched / self.tokens if self.tokens else 1.0


def words(text: str, known: Disclosure | None = None) -> list[str]:
    """The normalised tokens. Emoji and signs are no words, so they fall away by themselves."""
    normal = nfc(text)
    if known is not None:
        for start, end in reversed(disclosure.spans(normal, known)):
            normal = f"{normal[:start]} {normal[end:]}"
    return _WORD.findall(_SET_ASIDE.sub(" ", normal).lower())


def _runs(tokens: Sequence[str], size: int) -> Iterable[tuple[int, tuple[str, ...]]]:
    for start in range(len(tokens) - size + 1):
        yield start, tuple(tokens[start : start + size])


def measure(
    text: str, suggested: Iterable[str], *, settings: OwnWords | None = None, known: Disclosure | None = None
) -> Measure:
    """Linear in the length of the texts: it runs at every key stroke."""
    rule = settings or OwnWords()
    tokens = words(text, known)
    theirs = {run for example in suggested for _, run in _runs(words(example, known), rule.run)}
    taken = [False] * len(tokens)
    for start, run in _runs(tokens, rule.run):
        if run in theirs:
            taken[start : start + rule.run] = [True] * rule.run
    longest = current = 0
    for is_taken in taken:
        current = 0 if is_taken else current + 1
        longest = max(longest, current)
    matched = sum(taken)
    share = 1 - matched / len(tokens) if tokens else 1.0
    own = matched == 0 or share >= rule.least_own_share or longest >= rule.least_own_run
    return Measure(len(tokens), matched, longest, own)
