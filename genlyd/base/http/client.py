from __future__ import annotations

import threading
from collections import OrderedDict
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx2
from django.conf import settings

from genlyd.base.http.addresses import checked, system_resolver
from genlyd.base.http.transport import Backend, CallDeadline, Transport


def allowed_hosts() -> frozenset[str]:
    return frozenset(host.lower() for host in settings.PRIVATE_HOSTS_ALLOWED)


def user_agent() -> str:
    return f"Genlyd/{settings.VERSION} (+{settings.URL})"


def no_cookies() -> CookieJar:
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))


def client_for(
    base_url: str,
    *,
    connect: float = 5.0,
    read: float = 20.0,
    most_bytes: int = 5_000_000,
    idle: float = 15.0,
) -> httpx2.Client:
    """A client for a network's API: stays at this origin, follows no redirect, repeats nothing.

    Close it (use it in `with`). Raises BadAddress or PrivateAddress, and httpx2.ConnectError or ConnectTimeout,
    only while nothing has been sent; httpx2's other errors and TooLarge mean that the network may have acted.
    Times are seconds without a byte; a whole request takes no longer than `read` and twice `connect`. `most_bytes` is
    the largest answer, `idle` how long a connection is kept unused.
    """
    return httpx2.Client(
        **client_settings(base_url, connect=connect, read=read, most_bytes=most_bytes, idle=idle)
    )


#: Clients that are kept, the one used last at the end. A client's connections are shared by all threads.
_kept: OrderedDict[tuple[str, float, frozenset[str]], httpx2.Client] = OrderedDict()
_keeping = threading.Lock()
MOST_KEPT = 100
#: Seconds an idle connection is trusted. Many servers hang up after two to five, and a request that meets a hanging-up
#: server may have arrived or not; so connections are kept for bursts only.
IDLE = 1.0


def kept_client(base_url: str, *, connect: float = 5.0) -> httpx2.Client:
    """`client_for` for many calls: kept from call to call with its connections. Do not close it; say the times per
    request. Raises BadAddress or PrivateAddress.
    """
    key = (base_url, connect, allowed_hosts())
    with _keeping:
        client = _kept.pop(key, None)
        if client is None:
            client = client_for(base_url, connect=connect, idle=IDLE)
            while len(_kept) >= MOST_KEPT:
                # Not closed: a thread may be using it. It is gone when that thread is done.
                _kept.popitem(last=False)
        _kept[key] = client
    return client


def client_settings(
    base_url: str,
    *,
    connect: float = 5.0,
    read: float = 20.0,
    most_bytes: int = 5_000_000,
    idle: float = 15.0,
) -> dict[str, Any]:
    """What makes any of httpx2's clients such a client: for libraries that bring a class of their own."""
    allowed = allowed_hosts()
    origin = checked(base_url, allowed)
    backend = Backend(allowed=allowed, resolver=system_resolver, deadline=CallDeadline())
    return {
        "base_url": base_url,
        "transport": Transport(backend, origin=origin, most_bytes=most_bytes, idle=idle),
        "timeout": httpx2.Timeout(read, connect=connect),
        "headers": {"User-Agent": user_agent(), "Accept-Encoding": "identity"},
        "cookies": no_cookies(),
        "follow_redirects": False,
        "trust_env": False,
    }
