from __future__ import annotations

from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx2
from django.conf import settings

from genlyd.base.http.addresses import checked, system_resolver
from genlyd.base.http.transport import Backend, Deadline, Transport


def allowed_hosts() -> frozenset[str]:
    return frozenset(host.lower() for host in settings.PRIVATE_HOSTS_ALLOWED)


def user_agent() -> str:
    return f"Genlyd/{settings.VERSION} (+{settings.URL})"


def no_cookies() -> CookieJar:
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))


def client_for(
    base_url: str, *, connect: float = 5.0, read: float = 20.0, most_bytes: int = 5_000_000
) -> httpx2.Client:
    """A client for a network's API: stays at this origin, follows no redirect, repeats nothing.

    Close it (use it in `with`). Raises BadAddress or PrivateAddress, and httpx2.ConnectError or ConnectTimeout,
    only while nothing has been sent; httpx2's other errors and TooLarge mean that the network may have acted.
    Times are seconds without a byte, `most_bytes` the largest answer.
    """
    return httpx2.Client(**client_settings(base_url, connect=connect, read=read, most_bytes=most_bytes))


def client_settings(
    base_url: str, *, connect: float = 5.0, read: float = 20.0, most_bytes: int = 5_000_000
) -> dict[str, Any]:
    """What makes any of httpx2's clients such a client: for libraries that bring a class of their own."""
    allowed = allowed_hosts()
    origin = checked(base_url, allowed)
    backend = Backend(allowed=allowed, resolver=system_resolver, deadline=Deadline(None))
    return {
        "base_url": base_url,
        "transport": Transport(backend, origin=origin, most_bytes=most_bytes),
        "timeout": httpx2.Timeout(read, connect=connect),
        "headers": {"User-Agent": user_agent(), "Accept-Encoding": "identity"},
        "cookies": no_cookies(),
        "follow_redirects": False,
        "trust_env": False,
    }
