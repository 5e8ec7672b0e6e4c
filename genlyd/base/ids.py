"""Identifiers that Genlyd makes itself. No Django here."""

from __future__ import annotations

import os
import secrets
import time
import uuid

#: No look-alikes (0/O, 1/l/I) and no vowels, so that no word can form, bad or good.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def uuid7() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits. Sorts by time."""
    value = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    value[6] = (value[6] & 0x0F) | 0x70
    value[8] = (value[8] & 0x3F) | 0x80
    return uuid.UUID(bytes=bytes(value))


def code(length: int) -> str:
    """Random letters and digits, for names of files, workers and the like; short links' are links.domain.slugs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def token() -> str:
    """An unguessable URL-safe token (256 bits). Store only its hash."""
    return secrets.token_urlsafe(32)
