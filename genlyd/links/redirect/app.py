"""The redirect service: short link in, click on disk, visitor sent on. Its own ASGI application, without Django.

    granian --interface asgi genlyd.links.redirect.app:app

The order is the promise: look up, record durably, answer. A click is in the database, or in a local spool file
that will be replayed, before the visitor gets the 302; if it can be neither, the answer is an honest 503.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from genlyd.links.redirect import pages
from genlyd.links.redirect.answer import Answer, plain, sent_on
from genlyd.links.redirect.files import file
from genlyd.links.redirect.lookup import Unreachable
from genlyd.links.redirect.record import Unrecorded
from genlyd.links.redirect.request import Asked
from genlyd.links.redirect.service import Service

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger("genlyd.redirect")
#: What a slug may look like; anything else is not worth a look into the database.
SLUG = re.compile(r"/([A-Za-z0-9_-]{1,40})")


class Redirect:
    """One per process. Its connections and files are opened by the server's lifespan."""

    def __init__(self) -> None:
        self.service: Service | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            asked = Asked.of(scope)
            answer = await self._answer(asked)
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            body = b"" if asked.method == "HEAD" else answer.body
            await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.service = Service.from_environment()
                await self.service.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self.service is not None:
                    await self.service.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, asked: Asked) -> Answer:
        assert self.service is not None, "the server must support ASGI's lifespan"
        if asked.method not in {"GET", "HEAD"}:
            return plain(405, "GET or HEAD\n", allow="GET, HEAD")
        if found := file(asked.path):
            return found
        if asked.path == "/healthz":
            return self.service.health()
        if asked.path == "/":
            return pages.at_the_door(asked.language)
        match = SLUG.fullmatch(asked.path)
        if match is None:
            return pages.unknown(asked.language)
        return await self._follow(match[1], asked)

    async def _follow(self, slug: str, asked: Asked) -> Answer:
        assert self.service is not None
        try:
            link = await self.service.links.find(slug)
        except Unreachable:
            return pages.try_again(asked.language)
        if link is None:
            return pages.unknown(asked.language)
        if link.retired:
            return pages.retired(asked.language)
        try:
            await self.service.note(link, asked)
        except Unrecorded:
            # Never answer and drop: a visitor can try again, a lost click cannot.
            log.exception("A click could be kept neither in the database nor in the spool.")
            return pages.try_again(asked.language)
        return sent_on(link.location)


app = Redirect()
