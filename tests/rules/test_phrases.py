from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.rules.domain.phrases import find, nfc
from genlyd.rules.domain.settings import Phrase


def said(text: str, phrase: str, *, inflected: bool = True) -> list[str]:
    return [nfc(text)[start:end] for _, (start, end) in find(text, [Phrase(phrase, inflected=inflected)])]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Vi garanterer et job", "garanti", []),
        ("Det er en garanti.", "garanti", ["garanti"]),
        ("GARANTIEN gælder", "garanti", ["GARANTIEN"]),
        ("Kom til klubben!", "klub", ["klubben"]),
        ("Vi bygger et klubhus", "klub", []),
        ("De hemmelige tal", "hemmelig", ["hemmelige"]),
        ("Åbenlyst, ånden og øen", "ånd", ["ånden"]),
        ("en blåbærtærte", "blå", []),
        ("det  er\nverdens bedste hold", "verdens bedste", ["verdens bedste"]),
        ("det grønne skifte", "grøn skifte", ["grønne skifte"]),
        ("100% grøn strøm", "100%", ["100%"]),
        ("We guaranteed it", "guarantee", ["guaranteed"]),
        ("best in the world", "best in the world", ["best in the world"]),
    ],
)
def test_find_phrase(text: str, phrase: str, found: list[str]) -> None:
    assert said(text, phrase) == found


def test_find_exact_phrase_leaves_inflections_alone() -> None:
    assert said("Klubben og klub", "klub", inflected=False) == ["klub"]


def test_find_decomposed_danish_letters() -> None:
    assert said(unicodedata.normalize("NFD", "Kun på måneden"), "måned") == ["måneden"]


def test_find_a_phrase_made_of_pattern_signs() -> None:
    assert said("what (is) this? a.b", "(is)") == ["(is)"]
    assert said("axb a.b", "a.b") == ["a.b"]


@given(st.text(alphabet="abæøå #%.(", max_size=30), st.text(alphabet="abæøå #%.(", max_size=8))
def test_find_never_fails_and_stays_inside(text: str, phrase: str) -> None:
    for _, (start, end) in find(text, [Phrase(phrase)]):
        assert 0 <= start < end <= len(nfc(text))
