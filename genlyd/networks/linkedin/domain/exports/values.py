"""Numbers and days as LinkedIn writes them, in the ways its pages' languages do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from genlyd.networks.domain.figures import MOST

_NUMBER = re.compile(r"\d{1,3}(?:[,.\s\u00a0\u202f']\d{3})+|\d+")
_THREE = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_WORDS = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y")


def number(text: str) -> int | None:
    """A whole number from nought up, with or without marks between thousands; None for anything else."""
    text = text.strip()
    if not text.isascii() and not re.fullmatch(r"[0-9\s\u00a0\u202f]+", text):
        return None
    if not _NUMBER.fullmatch(text):
        return None
    value = int(re.sub(r"\D", "", text)[:12] or "0")
    return value if value <= MOST else None


def day_first(texts: Iterable[str]) -> bool:
    """Do these days put the day before the month? LinkedIn puts the month first unless a day shows otherwise."""
    return any(
        found and len(found.group(1)) <= 2 and int(found.group(1)) > 12  # noqa: PLR2004
        for found in map(_THREE.fullmatch, texts)
    )


def day(text: str, *, first: bool = False) -> date | None:
    """`first`: the day stands before the month."""
    text = text.strip()
    if found := _THREE.fullmatch(text):
        one, two, three = (int(part) for part in found.groups())
        if len(found.group(1)) == 4:  # noqa: PLR2004
            year, month, number_ = one, two, three
        else:
            year, month, number_ = (three, two, one) if first else (three, one, two)
        try:
            return date(year, month, number_)
        except ValueError:
            return None
    for form in _WORDS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def days_in(text: str) -> list[str]:
    """The days within a sentence: "1/2/2026 - 3/4/2026"."""
    return [found.group() for found in _THREE.finditer(text)]
