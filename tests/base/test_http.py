"""Against real servers on loopback; nothing here leaves the machine."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.base import http
from genlyd.base.http.addresses import checked, is_public
from tests.webserver import WebServer, answer


@pytest.fixture
def server(settings: Any) -> Iterator[WebServer]:
    server = WebServer()
    settings.PRIVATE_HOSTS_ALLOWED = [server.host]
    yield server
    server.close()


def test_page_is_fetched_with_our_name_and_without_cookies(server: WebServer) -> None:
    server.pages["/a"] = lambda h: answer(h, 302, b"", Location="/b", Set_Cookie="spy=1; Path=/")
    server.serve("/b", "blåbær".encode(), "text/html; charset=utf-8")
    got = http.fetch(server.url("/a"), accept="text/html")
    assert (got.status, got.url, got.body.decode()) == (200, server.url("/b"), "blåbær")
    assert got.content_type == "text/html"
    _path, headers = server.asked[-1]
    assert headers["user-agent"].startswith("Genlyd/")
    assert "(+http" in headers["user-agent"]
    assert "cookie" not in headers
    assert headers["accept"] == "text/html"


def test_status_is_an_answer_not_an_error(server: WebServer) -> None:
    assert http.fetch(server.url("/nowhere")).status == 404
    assert http.fetch(server.url("/nowhere")).body == b""


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[fc00::1]/",
        "http://[2001:db8::1]/",
        "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://255.255.255.255/",
        "http://localhost/",
    ],
)
def test_private_address_is_refused(url: str) -> None:
    with pytest.raises(http.PrivateAddress) as refusal:
        http.fetch(url, seconds=2)
    assert refusal.value.next_step


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0x0.0x0.0x1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1.nip.127/",
        "http://user:secret@example.org/",
        "http://user@example.org/",
        "http://example.org:25/",
        "http://example.org:5432/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http:///path",
        "example.org",
        "",
        "http://exam ple.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/\r\nX-Evil: 1",
        "http://example.org:99999/",
        "http://example.org/" + "a" * 3000,
    ],
)
def test_bad_address_is_refused_before_anything_is_asked(url: str) -> None:
    with pytest.raises(http.BadAddress):
        http.fetch(url, resolver=lambda _host, _port: pytest.fail("the resolver was asked"))


def test_danish_host_is_asked_by_its_ascii_name() -> None:
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with pytest.raises(http.PrivateAddress):
        http.fetch("https://blåbærgrød.dk/", resolver=resolver)
    assert asked == ["xn--blbrgrd-fxak7p.dk"]


def test_name_with_one_private_address_among_public_ones_is_refused() -> None:
    with pytest.raises(http.PrivateAddress):
        http.fetch("http://mixed.example/", resolver=lambda _h, _p: ["93.184.215.14", "10.0.0.1"])


def test_name_that_changes_its_answer_is_resolved_once_per_connection(
    server: WebServer, settings: Any
) -> None:
    # A rebinding name: harmless for the check, private for the connection. There is no second question to answer.
    answers = iter([["198.41.0.4"], ["127.0.0.1"]])
    asked = 0

    def resolver(_host: str, _port: int) -> list[str]:
        nonlocal asked
        asked += 1
        return next(answers)

    settings.PRIVATE_HOSTS_ALLOWED = []
    connected: list[tuple[str, int]] = []
    real = socket.create_connection

    def create_connection(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    socket.create_connection = create_connection  # type: ignore[assignment]
    try:
        with pytest.raises(http.NotReachable):
            http.fetch("http://rebind.example/", resolver=resolver)
    finally:
        socket.create_connection = real
    assert connected == [("198.41.0.4", 80)]
    assert asked == 1
    assert server.asked == []


def test_unknown_name_is_not_reachable() -> None:
    def resolver(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(http.NotReachable):
        http.fetch("https://no-such-name.example/", resolver=resolver)


def test_resolver_that_never_answers_is_too_slow() -> None:
    forever = threading.Event()
    began = time.monotonic()
    with pytest.raises(http.TooSlow):
        http.fetch("https://slow.example/", seconds=0.3, resolver=lambda _h, _p: [str(forever.wait(20))])
    assert time.monotonic() - began < 2
    forever.set()


def test_closed_port_is_not_reachable(settings: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        settings.PRIVATE_HOSTS_ALLOWED = [f"127.0.0.1:{port}"]
        with pytest.raises(http.NotReachable):
            http.fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("to", "error"),
    [
        ("http://169.254.169.254/latest/meta-data/", http.PrivateAddress),
        ("http://[::ffff:127.0.0.1]/", http.PrivateAddress),
        ("//10.0.0.1/", http.PrivateAddress),
        ("http://0x7f000001/", http.BadAddress),
        ("file:///etc/passwd", http.BadAddress),
        ("http://user:pass@127.0.0.1/", http.BadAddress),
    ],
)
def test_redirect_is_checked_like_the_first_address(
    server: WebServer, to: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        http.fetch(server.redirect("/go", to))


def test_redirect_to_another_port_of_an_allowed_host_is_refused(server: WebServer) -> None:
    with pytest.raises(http.BadAddress):
        http.fetch(server.redirect("/go", "http://127.0.0.1:1/"))


def test_endless_redirect_ends(server: WebServer) -> None:
    with pytest.raises(http.TooManyRedirects):
        http.fetch(server.redirect("/loop", "/loop"))
    assert len(server.asked) == 6


def test_address_to_remember_follows_permanent_redirects_only(server: WebServer) -> None:
    server.redirect("/old", "/moved", 301)
    server.redirect("/moved", "/today", 302)
    server.redirect("/today", "/tomorrow", 301)
    server.serve("/tomorrow", b"x")
    got = http.fetch(server.url("/old"))
    assert got.url == server.url("/tomorrow")
    assert got.lives_at == server.url("/moved")


def test_body_larger_than_allowed_is_refused_whether_announced_or_not(server: WebServer) -> None:
    with pytest.raises(http.TooLarge):
        http.fetch(server.serve("/announced", b"x" * 2000), most_bytes=1000)

    def chunked(h: BaseHTTPRequestHandler) -> None:
        h.send_response(200)
        h.send_header("Transfer-Encoding", "chunked")
        h.end_headers()
        for _ in range(2000):
            h.wfile.write(b"400\r\n" + b"x" * 1024 + b"\r\n")

    server.pages["/endless"] = chunked
    with pytest.raises(http.TooLarge):
        http.fetch(server.url("/endless"), most_bytes=10_000)
    assert http.fetch(server.serve("/fits", b"x" * 1000), most_bytes=1000).body == b"x" * 1000


def test_gzip_bomb_is_refused_before_it_unpacks(server: WebServer) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    assert len(bomb) < 250_000
    url = server.serve("/bomb", bomb, Content_Encoding="gzip")
    with pytest.raises(http.TooLarge):
        http.fetch(url, most_bytes=1_000_000)
    twice = server.serve("/twice", gzip.compress(bomb), Content_Encoding="gzip, gzip")
    with pytest.raises(http.TooLarge):
        http.fetch(twice, most_bytes=1_000_000)


def test_gzip_is_unpacked(server: WebServer) -> None:
    assert http.fetch(server.serve("/z", gzip.compress(b"hello"), Content_Encoding="gzip")).body == b"hello"


@pytest.mark.parametrize("where", ["headers", "body"])
def test_server_that_drips_is_cut_off_at_the_total_time(server: WebServer, where: str) -> None:
    stop = threading.Event()

    def drip(h: BaseHTTPRequestHandler) -> None:
        h.wfile.write(
            b"HTTP/1.1 200 OK\r\n" + (b"" if where == "headers" else b"Content-Length: 9999\r\n\r\n")
        )
        while not stop.wait(0.05):
            h.wfile.write(b"X-A: 1\r\n" if where == "headers" else b"x")
            h.wfile.flush()

    server.pages["/drip"] = drip
    began = time.monotonic()
    with pytest.raises(http.TooSlow):
        http.fetch(server.url("/drip"), seconds=0.5)
    assert time.monotonic() - began < 1.5
    stop.set()


def test_server_that_talks_nonsense_is_not_reachable(server: WebServer) -> None:
    server.pages["/odd"] = lambda h: h.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n") and None
    with pytest.raises(http.NotReachable):
        http.fetch(server.url("/odd"))


def test_client_for_stays_at_its_origin_and_follows_nothing(server: WebServer) -> None:
    server.redirect("/go", "http://169.254.169.254/")
    server.serve("/xrpc/ok", b"{}", "application/json")
    with http.client_for(server.url("/")) as client:
        assert client.get("/xrpc/ok").json() == {}
        assert client.get("/go").status_code == 302
        with pytest.raises(http.BadAddress):
            client.get("http://example.org/")
    assert len(server.asked) == 2


def test_client_for_refuses_private_hosts_and_says_when_nothing_was_sent(settings: Any) -> None:
    with pytest.raises(http.PrivateAddress):
        http.client_for("https://10.0.0.1/")
    with http.client_for("https://localhost/") as client, pytest.raises(http.PrivateAddress):
        client.get("/")
    with http.client_for("https://no-such-name.invalid/") as client, pytest.raises(httpx2.ConnectError):
        client.get("/")


def test_client_for_limits_silence_and_size(server: WebServer) -> None:
    stop = threading.Event()
    server.pages["/silent"] = lambda _h: stop.wait(5) and None
    server.serve("/large", b"x" * 2000)
    server.serve("/packed", gzip.compress(b"x"), Content_Encoding="gzip")
    with http.client_for(server.url("/"), read=0.2, most_bytes=1000) as client:
        with pytest.raises(httpx2.ReadTimeout):
            client.get("/silent")
        with pytest.raises(http.TooLarge):
            client.get("/large")
        with pytest.raises(http.TooLarge):
            client.get("/packed")
    stop.set()


@pytest.mark.parametrize("where", ["head", "body"])
def test_client_for_cuts_a_server_off_that_drips(server: WebServer, where: str) -> None:
    def drip(h: BaseHTTPRequestHandler) -> None:
        h.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "body" else b""))
        with contextlib.suppress(OSError):
            for _ in range(100):
                h.wfile.write(b"a")
                h.wfile.flush()
                time.sleep(0.05)

    server.pages["/drip"] = drip
    server.serve("/", b"Hej")
    begun = time.monotonic()
    with http.client_for(server.url("/"), connect=0.1, read=0.3) as client:
        with pytest.raises((http.TooSlow, httpx2.ReadTimeout)):
            client.get("/drip")
        assert time.monotonic() - begun < 2
        # Each request has its own time.
        assert client.get("/").status_code == 200


def test_client_for_says_that_nothing_was_sent_when_a_name_is_not_resolved_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forever = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: forever.wait(20) and [])
    try:
        with (
            http.client_for("https://slow.example/", connect=0.2) as client,
            pytest.raises(httpx2.ConnectTimeout),
        ):
            client.get("/")
    finally:
        forever.set()


def test_proxy_from_the_environment_is_ignored(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert http.fetch(server.serve("/p", b"direct")).body == b"direct"


@given(st.integers(0, 2**32 - 1))
def test_wrapped_ipv4_address_is_never_public(number: int) -> None:
    four = ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    for six in (f"::ffff:{four}", f"64:ff9b::{high}:{low}", f"2002:{high}:{low}::", f"::{four}"):
        assert not is_public(six)


@given(st.text(max_size=60))
def test_any_text_is_either_an_address_or_a_refusal(text: str) -> None:
    for url in (text, f"http://{text}", f"http://{text}/"):
        with contextlib.suppress(http.NotFetched):
            assert checked(url, frozenset()).scheme in {"http", "https"}
