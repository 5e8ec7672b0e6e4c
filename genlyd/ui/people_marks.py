"""How a person is shown where there is no picture."""

from __future__ import annotations

import zlib

TINTS = 6


def initials(name: str) -> str:
    """First letter of the first and last name; one letter for a single name, a dot for none."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "·"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tint(name: str) -> int:
    """1 to 6, always the same for the same name."""
    return zlib.crc32(name.encode()) % TINTS + 1
