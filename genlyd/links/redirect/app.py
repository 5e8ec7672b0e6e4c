"""The redirect service: short link in, click on disk, visitor sent on. Its own ASGI application, without Django.

    granian --interface asgi genlyd.links.redirect.app:app

A click is in the database, or in a local spool file that will be replayed, before the visitor gets the 302; if it can
be neither, the answer is an honest 503.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from genlyd.links.redirect.follow import answer
from genlyd.links.redirect.request import Asked
from genlyd.links.redirect.service import Service

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_NOTHING = {"type": "http.response.body", "body": b""}


class Redirect:
    """One per process. Its connections and files are opened by the server's lifespan."""

    def __init__(self) -> None:
        self.service: Service | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            assert self.service is not None, "the server must support ASGI's lifespan"
            asked = Asked.of(scope, behind_proxy=self.service.behind_proxy)
            status, headers, body = await answer(self.service, asked)
            await send({"type": "http.response.start", "status": status, "headers": headers})
            if not body or asked.method == "HEAD":
                await send(_NOTHING)
            else:
                await send({"type": "http.response.body", "body": body})
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self._begin(send)
            elif message["type"] == "lifespan.shutdown":
                if self.service is not None:
                    await self.service.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _begin(self, send: Send) -> None:
        try:
            service = Service.from_environment()
            await service.start()
        except Exception as error:  # noqa: BLE001  said aloud: else the server goes on, and answers all with an error
            words = f"The short links cannot start: {error}"
            await send({"type": "lifespan.startup.failed", "message": words})
        else:
            self.service = service
            await send({"type": "lifespan.startup.complete"})


app = Redirect()
