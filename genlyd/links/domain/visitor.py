"""Who clicked, without knowing who: a key that tells one visitor from another for one day.

The salt is random, changes every UTC day and is destroyed when its day is over: after that nobody, not even
with the database in hand, can find out which address a key came from, or join two days of one person.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

SALT_BYTES = 32
#: Before an IPv4 address, by a socket that listens for both kinds: the visitor is the same.
MAPPED = "::ffff:"


def day_of(at: datetime) -> date:
    """The UTC day whose salt is used."""
    return at.astimezone(UTC).date()


def visitor_key(salt: bytes, organisation_id: int, address: str, user_agent: str) -> bytes:
    """16 bytes. Two organisations never see the same key for one visitor."""
    who = f"{address.removeprefix(MAPPED)}\0{user_agent}".encode("utf-8", "replace")
    return hashlib.blake2b(who, key=salt, digest_size=16, person=organisation_id.to_bytes(8, "big")).digest()
