"""Recognising the address of a post that a person pastes."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_permalink(url: str, hosts: tuple[str, ...]) -> bool:
    """An https address below one of the hosts (any host if none is named), and more than a front page."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme != "https" or not host or len(parts.path.strip("/")) == 0:
        return False
    return not hosts or any(host == known or host.endswith(f".{known}") for known in hosts)
