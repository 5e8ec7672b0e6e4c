"""Every network counts in its own way; these are its rules, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.domain.counting import (
    code_points,
    graphemes,
    mastodon_length,
    threads_length,
    utf8_bytes,
    utf16_units,
)

FAMILY = "👨‍👩‍👧‍👦"
#: No surrogates: they cannot arrive in a request. No "h": so that no address forms while a text grows.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="hH@"))


def test_mastodon_counts_an_address_as_23_and_a_colleague_without_their_server() -> None:
    assert mastodon_length("Læs https://fjordkraft.example/nyt/vindmoeller-i-nordsoeen") == 4 + 23
    assert mastodon_length("Hej @pia@mastodon.example!") == len("Hej @pia!")
    assert mastodon_length(FAMILY) == 1


def test_threads_counts_an_emoji_as_its_bytes() -> None:
    assert threads_length("æøå") == 3
    assert threads_length("👍") == 4
    assert threads_length(FAMILY) == 25


def test_bluesky_counts_graphemes_and_bytes() -> None:
    assert (graphemes(FAMILY * 121), utf8_bytes(FAMILY * 121)) == (121, 3025)


@pytest.mark.parametrize(
    "count", [code_points, graphemes, utf8_bytes, utf16_units, mastodon_length, threads_length]
)
@given(text=TEXT, more=TEXT)
def test_counts_are_never_negative_and_never_fall_when_text_is_added(count, text: str, more: str) -> None:
    assert count("") == 0
    assert 0 <= count(text) <= count(text + more)


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_counts_take_any_text(text: str) -> None:
    for count in (mastodon_length, threads_length, graphemes):
        assert count(text) >= 0
