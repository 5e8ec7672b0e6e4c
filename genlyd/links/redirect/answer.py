"""What goes back over the wire."""

from __future__ import annotations

from typing import NamedTuple

Headers = list[tuple[bytes, bytes]]

#: Search engines should show the page, not our link to it. robots.txt must stay open: the networks' preview
#: fetchers obey it, and a post without its preview is a worse post.
_ALWAYS: Headers = [(b"x-robots-tag", b"noindex"), (b"x-content-type-options", b"nosniff")]


class Answer(NamedTuple):
    status: int
    headers: Headers
    body: bytes = b""


#: A remembered redirect is a click nobody sees.
_UNSEEN, _EMPTY, _NOINDEX = (b"cache-control", b"no-store"), (b"content-length", b"0"), _ALWAYS[0]


def sent_on(location: bytes) -> Answer:
    return Answer(302, [(b"location", location), _UNSEEN, _EMPTY, _NOINDEX])


def content(status: int, body: str | bytes, kind: str, *, cache: str = "no-store", **headers: str) -> Answer:
    encoded = body if isinstance(body, bytes) else body.encode()
    return Answer(
        status,
        [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(encoded)).encode()),
            (b"cache-control", cache.encode()),
            *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()),
            *_ALWAYS,
        ],
        encoded,
    )


def plain(status: int, text: str, *, cache: str = "no-store", **headers: str) -> Answer:
    return content(status, text, "text/plain; charset=utf-8", cache=cache, **headers)
