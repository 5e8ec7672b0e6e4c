from __future__ import annotations

import string
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.links.domain.target import location, usable, with_utm

UTM = {"utm_source": "linkedin", "utm_medium": "employee_advocacy"}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://a.dk", "https://a.dk?utm_source=linkedin&utm_medium=employee_advocacy"),
        ("https://a.dk/?", "https://a.dk/?utm_source=linkedin&utm_medium=employee_advocacy"),
        ("https://a.dk/?x=1&", "https://a.dk/?x=1&utm_source=linkedin&utm_medium=employee_advocacy"),
        ("https://a.dk/?x=1#top", "https://a.dk/?x=1&utm_source=linkedin&utm_medium=employee_advocacy#top"),
        ("https://a.dk/#/jobs?x=1", "https://a.dk/?utm_source=linkedin&utm_medium=employee_advocacy#/jobs?x=1"),
        ("https://a.dk/?x=1&x=2&y", "https://a.dk/?x=1&x=2&y&utm_source=linkedin&utm_medium=employee_advocacy"),
        ("https://a.dk/?q=a%26b+c", "https://a.dk/?q=a%26b+c&utm_source=linkedin&utm_medium=employee_advocacy"),
        ("https://a.dk/?utm_source=news", "https://a.dk/?utm_source=news&utm_medium=employee_advocacy"),
        ("https://a.dk/?UTM_Source=", "https://a.dk/?UTM_Source=&utm_medium=employee_advocacy"),
        ("https://a.dk/?utm%5Fsource=n", "https://a.dk/?utm%5Fsource=n&utm_medium=employee_advocacy"),
    ],
)  # fmt: skip
def test_utm_is_added_without_touching_the_rest(target: str, expected: str) -> None:
    assert with_utm(target, UTM) == expected


def test_nothing_is_added_when_the_target_has_it_all() -> None:
    target = "https://a.dk/?utm_source=a&utm_medium=b#c"
    assert with_utm(target, UTM) == target


def test_values_are_encoded() -> None:
    assert with_utm("https://a.dk/", {"utm_campaign": "Søg & bliv"}).endswith(
        "utm_campaign=S%C3%B8g%20%26%20bliv"
    )


def test_empty_value_is_left_out() -> None:
    assert with_utm("https://a.dk/", {"utm_term": ""}) == "https://a.dk/"


names = st.text(string.ascii_lowercase + "_%5F", min_size=1, max_size=12)
queries = st.lists(st.tuples(names, st.text(max_size=8)), max_size=5)
urls = st.builds(
    lambda path, query, fragment: (
        "https://a.dk/" + path + ("?" + "&".join(f"{k}={v}" for k, v in query) if query else "") + fragment
    ),
    st.text(string.ascii_letters + "/%20æ-", max_size=15),
    queries.map(lambda pairs: [(k, "".join(c for c in v if c not in "&#")) for k, v in pairs]),
    st.text(max_size=10).map(lambda text: f"#{text}" if text else ""),
)


@given(urls)
def test_what_the_target_has_stays_byte_for_byte(target: str) -> None:
    result = with_utm(target, UTM)
    before, mark, fragment = target.partition("#")
    assert result.startswith(before)
    assert result.endswith(mark + fragment)


@given(urls)
def test_adding_twice_is_adding_once(target: str) -> None:
    once = with_utm(target, UTM)
    assert with_utm(once, UTM) == once


@given(urls)
def test_each_parameter_is_there_exactly_once_or_as_the_target_had_it(target: str) -> None:
    before = [
        k.lower() for k, _ in parse_qsl(target.partition("#")[0].partition("?")[2], keep_blank_values=True)
    ]
    after = [
        k.lower()
        for k, _ in parse_qsl(
            with_utm(target, UTM).partition("#")[0].partition("?")[2], keep_blank_values=True
        )
    ]
    for name in UTM:
        assert after.count(name) == (before.count(name) or 1)


@given(st.text(max_size=40).map("https://a.dk/".__add__))
def test_header_is_ascii_and_cannot_be_ended_early(target: str) -> None:
    header = location(target, UTM)
    assert header.isascii()
    assert not any(ord(sign) <= 0x20 or ord(sign) == 0x7F for sign in header)


def test_danish_host_and_path_become_ascii() -> None:
    header = location("https://blåbær.dk:81/søg?q=æ#ø", {})
    assert header == "https://xn--blbr-roah.dk:81/s%C3%B8g?q=%C3%A6#%C3%B8"


def test_percent_signs_are_not_encoded_again() -> None:
    assert location("https://a.dk/100%25?x=%C3%A6", {}) == "https://a.dk/100%25?x=%C3%A6"


@pytest.mark.parametrize(
    "target",
    [
        "",
        "a.dk",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "ftp://a.dk",
        "https://a.dk:99999/",
        "https://[::1",
        "https://a.dk/" + "x" * 2000,
    ],
)
def test_unusable_targets(target: str) -> None:
    assert not usable(target)


@pytest.mark.parametrize(
    "target", ["http://a.dk", "HTTPS://A.dk/x", "https://a.dk:8443/?x", "https://blåbær.dk/"]
)
def test_usable_targets(target: str) -> None:
    assert usable(target)
