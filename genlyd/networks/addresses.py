"""Where a network's servers are. A setting may point elsewhere: at a test double, or at a proxy of your own."""

from __future__ import annotations

from django.conf import settings


def address(key: str) -> str:
    """The origin for a key such as "linkedin" or "linkedin.auth"; no slash at its end. Raises KeyError."""
    from genlyd.networks.registry import NETWORKS  # the registry imports networks, which import this

    if moved := settings.NETWORK_ADDRESSES.get(key):
        return str(moved).rstrip("/")
    return NETWORKS[key.partition(".")[0]].addresses[key]
