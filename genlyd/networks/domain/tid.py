"""atproto's timestamp identifier: 13 characters that sort by time, chosen by us so that a repeat is the same record."""

from __future__ import annotations

import hashlib
from datetime import datetime

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13


def tid(at: datetime, key: str) -> str:
    """The same for the same instant and key, in every process; the key fills the ten bits of the clock id."""
    micros = int(at.timestamp() * 1_000_000) & ((1 << 53) - 1)
    clock = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2], "big") & 0x3FF
    value, characters = (micros << 10) | clock, []
    for _ in range(LENGTH):
        characters.append(ALPHABET[value & 31])
        value >>= 5
    return "".join(reversed(characters))
