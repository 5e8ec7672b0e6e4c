"""Where a short link leads: the target as it was given, with the UTM parameters it does not have yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote_plus, urlsplit

#: What a header may carry as it is: printable ASCII without the space.
_SAFE = "".join(chr(code) for code in range(0x21, 0x7F))
_SCHEME = re.compile(r"https?://[^/?#]", re.IGNORECASE)
LONGEST = 2000


def usable(target: str) -> bool:
    """True for an absolute http(s) address with a host that fits into a short link."""
    if not _SCHEME.match(target) or len(target) > LONGEST:
        return False
    try:
        parts = urlsplit(target)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def with_utm(target: str, utm: Mapping[str, str]) -> str:
    """Add what is missing, touch nothing that is there.

    The query is never parsed and written again: that would reorder, decode or merge parameters some sites sign.
    A parameter the target has (in any case, even empty) keeps its value. A fragment stays at the end.
    """
    before, hash_mark, fragment = target.partition("#")
    path, _mark, query = before.partition("?")
    taken = {unquote_plus(part.partition("=")[0]).lower() for part in query.split("&")}
    added = [
        f"{quote(name, safe='')}={quote(value, safe='')}"
        for name, value in utm.items()
        if value and name.lower() not in taken
    ]
    if not added:
        return target
    glue = "" if not query or query.endswith("&") else "&"
    return f"{path}?{query}{glue}{'&'.join(added)}{hash_mark}{fragment}"


def location(target: str, utm: Mapping[str, str]) -> str:
    """The value of the Location header: ASCII only, and nothing that could end a header early."""
    full = with_utm(target, utm)
    match = re.match(r"(https?://)([^/?#]*)(.*)", full, re.IGNORECASE | re.DOTALL)
    if match is None:
        return quote(full, safe=_SAFE)
    scheme, authority, rest = match.groups()
    return scheme + _ascii_host(authority) + quote(rest, safe=_SAFE)


def _ascii_host(authority: str) -> str:
    """`blåbær.dk:81` -> `xn--blbr-roah.dk:81`."""
    if authority.isascii():
        return quote(authority, safe=_SAFE)
    user, at, host = authority.rpartition("@")
    name, colon, port = host.partition(":")
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        name = quote(name, safe="")
    return quote(user, safe=_SAFE) + at + name + colon + quote(port, safe="")
