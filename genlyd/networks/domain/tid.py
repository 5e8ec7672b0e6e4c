"""atproto's timestamp identifier: 13 characters that sort by time, chosen by us so that a repeat is the same record."""

from __future__ import annotations

import hashlib
from datetime import datetime

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13


def tid(at: datetime, key: str) -> str:
    """The same for the same instant and key, in every process; sorts by the second.

    The key decides what is below the second, the clock id with it. Ten bits of clock id alone are not enough: of
    fifty posts that one account plans for nine o'clock, two would likely have the same marker, and one be lost.
    """
    digest = hashlib.sha256(key.encode()).digest()
    micros = int(at.timestamp()) * 1_000_000 + int.from_bytes(digest[2:8], "big") % 1_000_000
    clock = int.from_bytes(digest[:2], "big") & 0x3FF
    value, characters = ((micros & ((1 << 53) - 1)) << 10) | clock, []
    for _ in range(LENGTH):
        characters.append(ALPHABET[value & 31])
        value >>= 5
    return "".join(reversed(characters))
