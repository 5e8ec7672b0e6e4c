from __future__ import annotations

import re
from functools import lru_cache

_ASIDE = re.compile(r"\([^()]*\)")
_PRODUCT = re.compile(r"([A-Za-z][A-Za-z ._-]*)/")


@lru_cache(maxsize=10_000)
def names_of(user_agent: str) -> str:
    """The names of a browser's parts without versions, devices and systems: what thousands have in common.

    >>> names_of("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
    'Mozilla Gecko Firefox'
    """
    plain = user_agent
    while (shorter := _ASIDE.sub(" ", plain)) != plain:
        plain = shorter
    return " ".join(name.strip() for name in _PRODUCT.findall(plain))[:100]
