"""The name of a server, as people type it and as attackers would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.mastodon.domain.instance import NotAServer, parse


@pytest.mark.parametrize(
    ("typed", "origin", "user"),
    [
        ("mastodon.social", "https://mastodon.social", ""),
        ("  Mastodon.Social. ", "https://mastodon.social", ""),
        ("@pia@mastodon.social", "https://mastodon.social", "pia"),
        ("pia@mastodon.social", "https://mastodon.social", "pia"),
        ("https://mastodon.social/@pia", "https://mastodon.social", "pia"),
        ("https://mastodon.social/@poul@norden.social/1", "https://mastodon.social", "poul"),
        ("https://mastodon.social/deck/home?x=1", "https://mastodon.social", ""),
        ("mastodon.social\u200b", "https://mastodon.social", ""),
        ("mastodon。social", "https://mastodon.social", ""),
        ("blåhaj.example", "https://xn--blhaj-nra.example", ""),
        ("@pia@BLÅHAJ.example", "https://xn--blhaj-nra.example", "pia"),
        ("norden.example:8443", "https://norden.example:8443", ""),
        ("norden.example:443", "https://norden.example", ""),
    ],
)
def test_what_people_write_is_understood(typed: str, origin: str, user: str) -> None:
    server = parse(typed)
    assert (server.origin, server.user) == (origin, user)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        (" / ", "empty"),
        ("mastodon", "no_dot"),
        ("localhost", "no_dot"),
        ("2130706433", "no_dot"),
        ("127.0.0.1", "numbers"),
        ("[::1]", "unreadable"),
        ("http://norden.example", "http"),
        ("ftp://norden.example", "unreadable"),
        ("https://pia:secret@norden.example", "unreadable"),
        ("evil.example#@mastodon.social", "unreadable"),
        ("evil.example?@mastodon.social", "unreadable"),
        ("evil.example\\mastodon.social", "unreadable"),
        ("norden.example:0", "unreadable"),
        ("norden.example:99999", "unreadable"),
        ("norden..example", "unreadable"),
        ("https://[", "unreadable"),
        ("javascript:alert(1)", "unreadable"),
        ("a" * 64 + ".example", "unreadable"),
        (".".join(["a" * 60] * 5), "unreadable"),
    ],
)
def test_what_is_no_server_is_refused_and_says_why(typed: str, reason: str) -> None:
    with pytest.raises(NotAServer) as refused:
        parse(typed)
    assert refused.value.reason == reason


def test_a_private_server_is_named_only_where_the_administrator_allows_it() -> None:
    allowed = {"127.0.0.1:9001", "masto:443"}
    assert parse("http://127.0.0.1:9001", private_allowed=allowed).origin == "http://127.0.0.1:9001"
    assert parse("https://masto", private_allowed=allowed).origin == "https://masto"
    with pytest.raises(NotAServer):
        parse("http://127.0.0.1:9002", private_allowed=allowed)


def test_people_read_the_name_as_they_write_it() -> None:
    assert parse("xn--blhaj-nra.example").shown == "blåhaj.example"


@given(st.text(max_size=80) | st.from_regex(r"(https?://)?(\w{0,5}@)?[\w.:@/\[\]#?%-]{0,40}", fullmatch=True))
def test_whatever_is_typed_an_origin_comes_out_or_a_reason(typed: str) -> None:
    try:
        server = parse(typed)
    except NotAServer:
        return
    host = server.origin.removeprefix("https://")
    assert host.isascii()
    assert "." in host
    assert not set(host) & set("/?#@\\ ")
    assert parse(server.origin).origin == server.origin
