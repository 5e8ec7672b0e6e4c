"""What of a request matters to a redirect, each part read when it is asked for.

The address is used for the visitor key and goes nowhere else.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

#: `user_agent` in the table holds this many characters.
AGENT_LENGTH = 300
SHORT = 200
_AHEAD = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")


class Asked:
    __slots__ = ("_headers", "address", "method", "path", "user_agent")

    def __init__(
        self, method: str, path: str, headers: dict[bytes, bytes], address: str, *, behind_proxy: bool = False
    ) -> None:
        """`headers` by lower-case name; of repeated ones the last, which is the nearest proxy's."""
        self.method = method
        self.path = path
        self._headers = headers
        agent = headers.get(b"user-agent", b"").decode("latin-1")
        self.user_agent = agent.replace("\0", "")[:AGENT_LENGTH]
        self.address = address
        if behind_proxy and (forwarded := headers.get(b"x-forwarded-for")):
            self.address = forwarded.decode("latin-1").rpartition(",")[2].strip() or address

    @classmethod
    def of(cls, scope: MutableMapping[str, Any], *, behind_proxy: bool = False) -> Asked:
        client = scope.get("client")
        return cls(
            scope["method"],
            scope["path"],
            dict(scope["headers"]),
            client[0] if client else "",
            behind_proxy=behind_proxy,
        )

    @property
    def host(self) -> bytes:
        return self._headers.get(b"host", b"")

    @property
    def referrer_host(self) -> str:
        referrer = self._headers.get(b"referer")
        if not referrer:
            return ""
        # What is remembered stays small, whatever is sent.
        return remembered_host_of(referrer) if len(referrer) <= SHORT else host_of(referrer)

    @property
    def prefetch(self) -> bool:
        """It says that it only fetches ahead."""
        headers = self._headers
        for name in _AHEAD:  # noqa: SIM110  on every visitor's way, and a generator costs five times as much
            if name in headers and headers[name].lower().startswith((b"prefetch", b"preview")):
                return True
        return False

    @property
    def opted_out(self) -> bool:
        """Do Not Track or Global Privacy Control."""
        return self._headers.get(b"dnt") == b"1" or self._headers.get(b"sec-gpc") == b"1"

    @property
    def language(self) -> str:
        return preferred(self._headers.get(b"accept-language", b"").decode("latin-1"))


def host_of(referrer: bytes) -> str:
    """The host alone: paths and queries of other sites are none of our business."""
    try:
        return (urlsplit(referrer.decode("latin-1")).hostname or "").replace("\0", "")[:253]
    except ValueError:
        return ""


remembered_host_of = lru_cache(maxsize=4096)(host_of)


def preferred(accept_language: str) -> str:
    """`da` or `en`, or "" when the visitor asks for neither."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(accept_language.split(",")[:20]):
        tag, _mark, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        wishes.append((-quality, place, tag.strip().lower()[:2]))
    return next((tag for quality, _place, tag in sorted(wishes) if tag in {"da", "en"} and quality), "")
