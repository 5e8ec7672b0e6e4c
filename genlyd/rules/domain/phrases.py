"""Words and phrases to think twice about: found as whole words, whatever their case, in Danish and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from genlyd.rules.domain.findings import Span
from genlyd.rules.domain.settings import Phrase

#: Endings a Danish or English word may take. Short on purpose: a longer list would find other words.
ENDINGS = (
    "erne[s]?", "ene[s]?", "enes", "ens", "ets", "ere", "est", "ede", "ende", "ers", "en", "et", "er",
    "es", "ne", "te", "ed", "ing", "d", "e", "r", "s", "t", "'s", "’s",
)  # fmt: skip
_ENDING = "(?:" + "|".join(sorted(ENDINGS, key=len, reverse=True)) + ")?"
_LETTER = r"[^\W\d_]"


def nfc(text: str) -> str:
    """Composed letters: a Mac may hand over "å" as two characters."""
    return unicodedata.normalize("NFC", text)


def _word(word: str, *, inflected: bool) -> str:
    pattern = re.escape(word)
    if not inflected or len(word) < 3 or not re.fullmatch(_LETTER, word[-1]):  # noqa: PLR2004
        return pattern
    # klub -> klubben; hemmelig -> hemmelige; time -> timer (the final e is shared with the ending)
    doubled = f"{re.escape(word[-1])}?" if word[-1].lower() in "bdfgklmnprst" else ""
    return f"{pattern}(?:{doubled}{_ENDING})"


def pattern(phrase: str, *, inflected: bool) -> re.Pattern[str]:
    """Whole words only, with any white space between them; a phrase may begin or end in a sign (#, %)."""
    words = nfc(phrase).split()
    body = r"\s+".join(_word(word, inflected=inflected) for word in words)
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)


def find(text: str, phrases: Iterable[Phrase]) -> Iterator[tuple[Phrase, Span]]:
    """Every place, in the order of the phrases, as spans of the NFC-normalised text."""
    normal = nfc(text)
    for phrase in phrases:
        if phrase.phrase.strip():
            for match in pattern(phrase.phrase, inflected=phrase.inflected).finditer(normal):
                yield phrase, match.span()
