"""The name of a person's server. What they type is hostile input and often kindly meant, so much is understood."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna

LONGEST_HOST = 253
#: Spaces and what is pasted along without being seen.
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_IPV4 = re.compile(r"\d{1,3}(\.\d{1,3}){3}")


class NotAServer(ValueError):
    """`reason` is one of "empty", "unreadable", "no_dot", "http", "numbers"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Server:
    #: scheme://host[:port], the host as in the DNS.
    origin: str
    #: As people read it.
    shown: str
    #: Who they are there, if they told it along.
    user: str = ""


def parse(typed: str, *, private_allowed: Collection[str] = ()) -> Server:
    """mastodon.social, @pia@mastodon.social, https://mastodon.social/@pia …: the server meant. Raises NotAServer.

    `private_allowed` holds "host:port" that may be named by http, by number, and without a dot.
    """
    text = _UNSEEN.sub("", typed).strip("/.,;:")
    if not text:
        raise NotAServer("empty")
    scheme, user = "https", ""
    if "://" in text:
        scheme, _, rest = text.partition("://")
        scheme = scheme.lower()
    else:
        rest = text
    authority, _, path = rest.partition("/")
    if "@" in authority:
        user, _, authority = authority.removeprefix("@").rpartition("@")
    elif path.startswith("@"):
        user = path[1:].partition("/")[0].partition("@")[0]
    if scheme not in {"https", "http"} or not re.fullmatch(r"[\w.-]{0,64}", user):
        raise NotAServer("unreadable")
    host, port = _host_and_port(authority)
    is_private = f"{host}:{port or (443 if scheme == 'https' else 80)}" in private_allowed
    if is_private:
        return Server(f"{scheme}://{host}{f':{port}' if port else ''}", authority, user)
    if scheme == "http":
        raise NotAServer("http")
    if _IPV4.fullmatch(host) or ":" in host:
        raise NotAServer("numbers")
    if "." not in host:
        raise NotAServer("no_dot")
    port = None if port == 443 else port  # noqa: PLR2004
    tail = f":{port}" if port else ""
    return Server(f"https://{host}{tail}", shown(f"{host}{tail}"), user)


def shown(host: str) -> str:
    """A host, with its port if it has one, as people read it."""
    try:
        return str(idna.decode(host))
    except (ValueError, UnicodeError):
        return host


def _host_and_port(authority: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(f"//{authority}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
        if not _IPV4.fullmatch(host) and host != "localhost":
            host = idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    except (ValueError, UnicodeError):  # an IDNAError is one
        raise NotAServer("unreadable") from None
    if not host or len(host) > LONGEST_HOST or port == 0:
        raise NotAServer("unreadable")
    return host, port
