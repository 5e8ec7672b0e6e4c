"""What of a request matters to a redirect. The address is used for the visitor key and goes nowhere else."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

#: `Click.user_agent` holds this many characters.
AGENT_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    address: str
    forwarded_for: str
    user_agent: str
    referrer_host: str
    prefetch: bool
    accept_language: str

    @classmethod
    def of(cls, scope: MutableMapping[str, Any]) -> Asked:
        agent = referrer = forwarded = languages = ""
        prefetch = False
        for name, raw in scope["headers"]:
            if name == b"user-agent":
                agent = raw.decode("latin-1").replace("\0", "")[:AGENT_LENGTH]
            elif name == b"referer":
                referrer = raw.decode("latin-1")
            elif name == b"x-forwarded-for":
                forwarded = raw.decode("latin-1").rpartition(",")[2].strip()
            elif name == b"accept-language":
                languages = raw.decode("latin-1")
            elif name in {b"purpose", b"sec-purpose", b"x-moz", b"x-purpose"}:
                prefetch = prefetch or raw.lower().startswith((b"prefetch", b"preview"))
        client = scope.get("client")
        return cls(
            method=scope["method"],
            path=scope["path"],
            address=client[0] if client else "",
            forwarded_for=forwarded,
            user_agent=agent,
            referrer_host=host_of(referrer),
            prefetch=prefetch,
            accept_language=languages,
        )

    @property
    def language(self) -> str:
        return preferred(self.accept_language)


@lru_cache(maxsize=4096)
def host_of(referrer: str) -> str:
    """The host alone: paths and queries of other sites are none of our business."""
    try:
        return (urlsplit(referrer).hostname or "").replace("\0", "")[:253]
    except ValueError:
        return ""


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
