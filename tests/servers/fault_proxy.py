"""A proxy that breaks calls on purpose, after the request has arrived or before (networks.md 3.2).

The `*_after` faults are the point: the network has accepted the post, and the worker never hears of it.
"""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Fault = Literal["drop_before", "drop_after", "hang_after", "502_after", "429", "slow"]
FAULTS: tuple[Fault, ...] = ("drop_before", "drop_after", "hang_after", "502_after", "429", "slow")
HANGS = 4.0


#: What Bluesky says; other networks say theirs, see `FaultProxy.too_many`.
TOO_MANY = (
    (("Content-Type", "application/json"), ("Retry-After", "1")),
    json.dumps({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}).encode(),
)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hung up in the middle, a killed worker say, is part of the game."""


class FaultProxy:
    """`plan("POST /path")` says what happens to each request; None lets it through.

    `seen` lists every request, `done` those to which something happened.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.plan: Callable[[str], Fault | None] = lambda _path: None
        self.seen: list[str] = []
        self.done: list[tuple[str, Fault]] = []
        #: Headers and body of the network's own 429.
        self.too_many: tuple[tuple[tuple[str, str], ...], bytes] = TOO_MANY
        self.hangs = HANGS
        #: Told of every fault: (request, body, fault).
        self.heard: Callable[[str, bytes, Fault], None] | None = None
        self.server = _Quiet(("127.0.0.1", 0), _handler(self))

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def once(self, fault: Fault, within: str) -> None:
        """Break the next request that holds `within` ("POST /path" or a part of it), and no other."""
        left = [fault]

        def plan(path: str) -> Fault | None:
            return left.pop() if within in path and left else None

        self.plan = plan


def _handler(  # noqa: C901  one small method for each step of a call
    proxy: FaultProxy,
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def _reset(self) -> None:
            # Lingering for 0 s makes close() send RST instead of FIN.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()

        def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in {"content-length", "transfer-encoding", "connection", "keep-alive"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def _forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = f"{self.command} {self.path}"
            proxy.seen.append(request)
            fault = proxy.plan(request)
            if fault:
                proxy.done.append((request, fault))
                if proxy.heard:
                    proxy.heard(request, body, fault)
            if fault == "drop_before":
                self._reset()
                return
            if fault == "429":
                headers, body = proxy.too_many
                self._answer(429, list(headers), body)
                return
            if fault == "slow":
                time.sleep(0.3)
            status, headers, answer = self._ask(body)
            if fault == "drop_after":
                self._reset()
            elif fault == "hang_after":
                time.sleep(proxy.hangs)
                self._reset()
            elif fault == "502_after":
                self._answer(502, [("Content-Type", "text/html")], b"<h1>Bad gateway</h1>")
            else:
                self._answer(status, headers, answer)

        def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            host = proxy.upstream.removeprefix("http://")
            connection = http.client.HTTPConnection(host, timeout=30)
            headers = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in {"host", "accept-encoding", "connection"}
            }
            connection.request(self.command, self.path, body=body or None, headers=headers)
            answer = connection.getresponse()
            # A server that names an address of its own (for an upload, say) means the one it is reached at.
            said = answer.read().replace(proxy.upstream.encode(), proxy.url.encode())
            result = answer.status, answer.getheaders(), said
            connection.close()
            return result

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _forward  # noqa: N815

    return Handler


@contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    proxy = FaultProxy(upstream)
    thread = threading.Thread(target=proxy.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.server.shutdown()
        proxy.server.server_close()
