"""The AppView's two answers that Genlyd reads, on loopback. See the README for where each is documented."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

MOST = 25


class AppView:
    """What it knows: `posts` by uri, `followers` by actor. `refuses` (status, headers) answers every call."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.followers: dict[str, int] = {}
        self.refuses: tuple[int, dict[str, str]] | None = None
        self.asked: list[str] = []
        self.host = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def answer(self, method: str, values: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        if method == "app.bsky.feed.getPosts":
            uris = values.get("uris", [])
            if not 1 <= len(uris) <= MOST:
                message = f"Error: uris must not have more than {MOST} elements"
                return 400, {"error": "InvalidRequest", "message": message}
            return 200, {"posts": [_view(uri, self.posts[uri]) for uri in uris if uri in self.posts]}
        if method == "app.bsky.actor.getProfile":
            actor = values.get("actor", [""])[0]
            if actor not in self.followers:
                return 400, {"error": "InvalidRequest", "message": "Profile not found"}
            return 200, {"did": actor, "handle": "pia.test", "followersCount": self.followers[actor]}
        return 501, {"error": "MethodNotImplemented"}


def _view(uri: str, counts: dict[str, Any]) -> dict[str, Any]:
    author = {"did": uri.split("/")[2], "handle": "pia.test"}
    record = {"$type": "app.bsky.feed.post", "text": "", "createdAt": "2026-11-23T09:00:00.000Z"}
    return {"uri": uri, "cid": "bafyreib2rxk3rh6kzwq", "author": author, "record": record, **counts}


@contextmanager
def running() -> Iterator[AppView]:
    appview = AppView()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            appview.asked.append(self.path)
            status, body, headers = 429, {"error": "RateLimitExceeded"}, {}
            if appview.refuses:
                status, headers = appview.refuses
            else:
                status, body = appview.answer(parts.path.removeprefix("/xrpc/"), parse_qs(parts.query))
            content = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {
                **headers,
                "Content-Type": "application/json",
                "Content-Length": len(content),
            }.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    appview.host = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield appview
    finally:
        server.shutdown()
        server.server_close()
