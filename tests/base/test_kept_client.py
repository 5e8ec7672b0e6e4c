"""A client that is kept: one connection for a burst of calls, and never one that the server may have given up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import LazySettings

from genlyd.base.http import BadAddress, PrivateAddress, kept_client
from genlyd.base.http import client as clients


class Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self) -> None:
        super().setup()
        type(self).connections += 1

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.send_header("Set-Cookie", "who=me")
        self.end_headers()
        self.wfile.write(b"ja" if "Cookie" not in self.headers else b"no")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(settings: LazySettings) -> Iterator[str]:
    Counting.connections = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        settings.PRIVATE_HOSTS_ALLOWED = [f"127.0.0.1:{http.server_port}"]
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def test_burst_of_calls_takes_one_connection_and_keeps_no_cookie(server: str) -> None:
    answers = [kept_client(server).get("/").text for _ in range(5)]
    assert answers == ["ja"] * 5
    assert Counting.connections == 1


def test_connection_that_was_idle_is_not_used_again(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "IDLE", 0.0)
    for _ in range(2):
        kept_client(server, connect=1.5).get("/")
    assert Counting.connections == 2


def test_no_more_clients_are_kept_than_may_be(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "MOST_KEPT", 2)
    kept = kept_client(server)
    for number in range(3):
        kept_client(server, connect=2.0 + number)
    assert len(clients._kept) <= 2
    assert kept_client(server) is not kept
    assert kept.get("/").text == "ja"


def test_address_is_checked_as_ever(server: str, settings: LazySettings) -> None:
    kept_client(server)
    settings.PRIVATE_HOSTS_ALLOWED = []
    # What was allowed to the kept client is not allowed to everybody for ever.
    with pytest.raises((BadAddress, PrivateAddress)):
        kept_client(server)
