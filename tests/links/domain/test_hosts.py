from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.domain.hosts import BadHost, Problem, Why, host_of, is_lost, is_to_be_told, judged, shown

OURS = {"genlyd.example", "gl.yd"}
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("go.fjordkraft.dk", "go.fjordkraft.dk"),
        (" HTTPS://Go.Fjordkraft.DK/ ", "go.fjordkraft.dk"),
        ("go.fjordkraft.dk.", "go.fjordkraft.dk"),
        ("Gå.Fjordkraft.dk", "xn--g-2fa.fjordkraft.dk"),
        ("xn--g-2fa.fjordkraft.dk", "xn--g-2fa.fjordkraft.dk"),
        ("ｇｏ.fjordkraft。dk", "go.fjordkraft.dk"),
    ],
)
def test_a_name_is_written_as_the_dns_has_it(typed: str, host: str) -> None:
    assert host_of(typed, ours=OURS) == host


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", Why.FORM), ("  ", Why.FORM), ("go fjordkraft.dk", Why.FORM), ("go.fjordkraft.dk/path", Why.FORM),
        ("user@go.fjordkraft.dk", Why.FORM), ("go..fjordkraft.dk", Why.FORM), ("-go.fjordkraft.dk", Why.FORM),
        ("go_now.fjordkraft.dk", Why.FORM), ("*.fjordkraft.dk", Why.FORM), ("a" * 64 + ".dk", Why.FORM),
        (".".join(["abcdefghi"] * 30), Why.FORM), ("go.dk\r\nX: y", Why.FORM), ("javascript:alert(1)", Why.FORM),
        ("xn--\udcff.dk", Why.FORM), ("xn--a.dk", Why.FORM), ("go.dk%00.evil.com", Why.FORM),
        ("go.fjordkraft.dk:8443", Why.PORT),
        ("127.0.0.1", Why.IP), ("http://[::1]/", Why.IP), ("::1", Why.IP), ("127.1", Why.IP), ("0x7f.1", Why.IP),
        ("10.0.0.0x1", Why.IP), ("2130706433", Why.IP), ("１２７.0.0.1", Why.IP),
        ("localhost", Why.PRIVATE), ("intranet", Why.PRIVATE), ("wiki.corp", Why.PRIVATE),
        ("printer.local", Why.PRIVATE), ("x.home.arpa", Why.PRIVATE),
        ("gl.yd", Why.OURS), ("HTTPS://GENLYD.example/", Why.OURS),
    ],
)  # fmt: skip
def test_what_is_no_public_name_is_refused(typed: str, why: Why) -> None:
    with pytest.raises(BadHost) as refusal:
        host_of(typed, ours=OURS)
    assert refusal.value.why is why


@given(st.text(max_size=80))
def test_whatever_is_typed_comes_out_clean_or_not_at_all(typed: str) -> None:
    try:
        host = host_of(typed, ours=OURS)
    except BadHost:
        return
    assert host == host.lower()
    assert set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")
    assert host_of(host, ours=OURS) == host
    assert host_of(shown(host), ours=OURS) == host


@pytest.mark.parametrize(
    ("proofs", "addresses", "problem"),
    [
        ([], ["192.0.2.1"], Problem.NO_PROOF),
        (["v=spf1 -all"], ["192.0.2.1"], Problem.NO_PROOF),
        (["genlyd-links=other"], ["192.0.2.1"], Problem.WRONG_PROOF),
        (["genlyd-links=secretive"], ["192.0.2.1"], Problem.WRONG_PROOF),
        (["genlyd-links=secret"], [], Problem.NO_ADDRESS),
        (["genlyd-links=old", "genlyd-links=secret"], ["198.51.100.7"], Problem.ELSEWHERE),
        (["genlyd-links=secret"], ["192.0.2.1"], Problem.NONE),
    ],
)
def test_what_the_dns_lacks(proofs: list[str], addresses: list[str], problem: Problem) -> None:
    assert judged(proofs=proofs, wanted="secret", addresses=addresses, ours=["192.0.2.1"]) is problem


def test_administrators_are_told_once_and_a_week_is_long() -> None:
    since = NOW - timedelta(hours=24)
    assert not is_to_be_told(since, before=None, now=NOW - timedelta(minutes=1))
    assert is_to_be_told(since, before=NOW - timedelta(hours=1), now=NOW)
    assert not is_to_be_told(since, before=NOW, now=NOW + timedelta(hours=1))
    assert not is_to_be_told(None, before=None, now=NOW)
    assert not is_lost(since, NOW + timedelta(days=5, hours=23))
    assert is_lost(since, NOW + timedelta(days=6))
    assert not is_lost(None, NOW)
