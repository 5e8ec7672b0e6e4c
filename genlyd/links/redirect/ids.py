"""Click ids: UUIDv7 (RFC 9562) without asking the system for chance each time.

74 bits are drawn once per process; then the lower 62 count up, which the RFC allows. Two processes would need the same
12 bits, counters that meet, and the same millisecond.
"""

from __future__ import annotations

import secrets
import struct

_BYTES = struct.Struct(">QQ").pack
_LOWER = (1 << 62) - 1


class Ids:
    __slots__ = ("_count", "_upper")

    def __init__(self) -> None:
        self._upper = 0x7000 | secrets.randbits(12)
        self._count = secrets.randbits(62)

    def next(self, now: float) -> bytes:
        """`now` in seconds since 1970."""
        self._count = (self._count + 1) & _LOWER
        return _BYTES(int(now * 1000) << 16 | self._upper, 1 << 63 | self._count)
