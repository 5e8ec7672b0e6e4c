"""Can a network fetch something from this installation? Decided by the form of its address alone."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

#: Names that only a network of one's own knows (RFC 6761, RFC 6762, RFC 8375, and ICANN's "internal").
INWARD = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "test", "invalid")


def reachable_from_outside(url: str, allowed: frozenset[str] = frozenset()) -> bool:
    """True for https at a name or address of the public internet. `allowed` holds "host:port" that count as public."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if f"{host}:{port or (443 if parts.scheme == 'https' else 80)}" in allowed:
        return True
    if parts.scheme != "https" or not host:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not any(host == name or host.endswith(f".{name}") for name in INWARD)
