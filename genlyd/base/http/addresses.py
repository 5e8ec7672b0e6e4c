"""Which addresses may be asked. Pure, apart from asking the resolver."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from queue import Empty, SimpleQueue

import httpx2

from genlyd.base.http.errors import BadAddress, NotReachable, PrivateAddress, TooSlow

#: What web servers use. Everything else (mail, databases, ...) is no business of a page or a feed.
PORTS = {80, 443, 8080, 8443}
LONGEST = 2000

# Our own lists: `ipaddress.is_global` differs between patch releases of Python.
_NOT_PUBLIC_4 = [
    IPv4Network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Global unicast is 2000::/3; outside it lie loopback, link-local, unique local, multicast, IPv4-mapped and NAT64.
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = [
    IPv6Network(net)
    for net in (
        "2001::/23",  # Teredo and other protocols: may carry an IPv4 address inside
        "2001:db8::/32",
        "2002::/16",  # 6to4: carries an IPv4 address inside
        "3fff::/20",
    )
]
_LOOKS_NUMERIC = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")

Resolver = Callable[[str, int], list[str]]


def is_public(address: str) -> bool:
    """True for an IP address that anybody on the internet would reach."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return not any(ip in net for net in _NOT_PUBLIC_4)
    return ip in _PUBLIC_6 and not any(ip in net for net in _NOT_PUBLIC_6)


def checked(url: str, allowed: frozenset[str]) -> httpx2.URL:
    """The address, taken apart, if its form is one we may ask. Names are not resolved here.

    `allowed` holds "host:port" of private hosts that may be asked nevertheless.
    """
    if len(url) > LONGEST or _CONTROL.search(url):
        raise BadAddress("length or characters")
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise BadAddress(str(error)) from error
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
        raise BadAddress("scheme, host or credentials")
    host = parsed.raw_host.decode("ascii")
    if is_exempt(host, port_of(parsed), allowed):
        return parsed
    if port_of(parsed) not in PORTS:
        raise BadAddress(f"port {parsed.port}")
    literal = _literal(host)
    if literal is None and _LOOKS_NUMERIC.search(host):
        # 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to many resolvers, and no honest person's spelling.
        raise BadAddress("an IP address in disguise")
    if literal is not None and not is_public(literal):
        raise PrivateAddress(literal)
    return parsed


def _literal(host: str) -> str | None:
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        return None


def port_of(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def is_exempt(host: str, port: int, allowed: frozenset[str]) -> bool:
    return f"{host.strip('[]').lower()}:{port}" in {
        entry.replace("[", "").replace("]", "") for entry in allowed
    }


def system_resolver(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolved(
    host: str, port: int, *, allowed: frozenset[str], resolver: Resolver, seconds: float
) -> list[str]:
    """The addresses of a host, all of them public (or the host exempt).

    One private address among public ones refuses them all: no honest site needs that, and a rebinding one does.
    """
    host = host.strip("[]")
    addresses = [literal] if (literal := _literal(host)) else _asked(host, port, resolver, seconds)
    if not is_exempt(host, port, allowed):
        for address in addresses:
            if not is_public(address):
                raise PrivateAddress(f"{host} is {address}")
    return addresses


def _asked(host: str, port: int, resolver: Resolver, seconds: float) -> list[str]:
    # The system's resolver has no time limit of its own, so it is asked in a thread that we may walk away from.
    answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolver(host, port))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        got = answer.get(timeout=max(seconds, 0))
    except Empty:
        raise TooSlow(f"resolving {host}") from None
    if isinstance(got, Exception) or not got:
        raise NotReachable(f"{host}: {got}")
    return got
