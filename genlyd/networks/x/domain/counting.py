"""How X counts: in NFC, an address weighs 23, an emoji 2, light code points 1, all others 2.

Written after twitter-text 3.1.0 and compared with it in the tests. Emoji made of several that are younger than that
(2019) count as their parts, so what fits here fits there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from genlyd.networks.x.domain.addresses import data, find, units

MOST = 280
ADDRESS_WEIGHT = 23
HEAVY = 2
#: Code points that weigh 1 (configuration 3 of twitter-text).
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
#: A post that holds one of them is no post.
INVALID = re.compile("[\ufffe\ufeff\uffff]")


@cache
def _emoji() -> re.Pattern[str]:
    return re.compile("".join(data("emoji.txt")))


def weight(text: str) -> int:
    normal = _normal(text)
    long = {found.start: (found.end, ADDRESS_WEIGHT) for found in find(normal)}
    for emoji in _emoji().finditer(normal):
        long.setdefault(emoji.start(), (emoji.end(), HEAVY))
    total = position = 0
    while position < len(normal):
        end, weighs = long.get(position) or _one(normal, position)
        total, position = total + weighs, end
    return total


def _normal(text: str) -> str:
    return units(unicodedata.normalize("NFC", text))


def _one(text: str, position: int) -> tuple[int, int]:
    """Where the character ends, and what it weighs; two units are always heavy."""
    if "\ud800" <= text[position] <= "\udbff" and "\udc00" <= text[position + 1 : position + 2] <= "\udfff":
        return position + 2, HEAVY
    code = ord(text[position])
    return position + 1, 1 if any(low <= code <= high for low, high in LIGHT) else HEAVY


def is_post(text: str) -> bool:
    """X would take it: not empty, not too long, no character that is none."""
    return 0 < weight(text) <= MOST and not INVALID.search(text)


def addresses(text: str) -> list[str]:
    """What X will take for addresses: each becomes a link, and a post with one has another price."""
    return [found.url for found in find(_normal(text))]
