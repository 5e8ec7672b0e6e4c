"""Where a network's servers are. A setting may point elsewhere: at a test double, or at a proxy of your own."""

from __future__ import annotations

from django.conf import settings

#: Filled by each Network as it is made: this module must not know them, since their adapters use it.
KNOWN: dict[str, str] = {}


def address(key: str) -> str:
    """The origin for a key such as "linkedin" or "linkedin.auth"; no slash at its end. Raises KeyError."""
    return str(settings.NETWORK_ADDRESSES.get(key) or KNOWN[key]).rstrip("/")
