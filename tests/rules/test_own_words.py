from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genlyd.rules.domain.own_words import measure, words
from genlyd.rules.domain.settings import Disclosure

EXAMPLE = "We are proud to open our new wind farm at sea this spring"
WORDS = st.lists(st.sampled_from(["vind", "hav", "dag", "mast", "kold", "glad"]), max_size=30)


def test_words_set_links_hashtags_mentions_and_emoji_aside() -> None:
    text = "Hej @bo, se https://a.example/x?y=1 #Vind 🌊 og www.b.example nu!"
    assert words(text) == ["hej", "se", "og", "nu"]


def test_words_set_the_disclosure_aside() -> None:
    assert words("Her hos Fjordkraft er der vind", Disclosure(("Fjordkraft",))) == ["er", "der", "vind"]


def test_copied_text_is_not_own() -> None:
    found = measure(EXAMPLE + " 🎉 #wind", [EXAMPLE])
    assert (found.own_share, found.own_words) == (0.0, False)


def test_three_common_words_are_a_coincidence() -> None:
    found = measure("Mother says: we are proud of you", [EXAMPLE])
    assert (found.matched, found.own_share, found.own_words) == (0, 1.0, True)


def test_half_own_is_own() -> None:
    found = measure("we are proud to tell about my frozen hands", [EXAMPLE])
    assert found.matched == 4
    assert found.own_words


def test_twelve_own_words_in_a_row_are_enough() -> None:
    own = "jeg stod selv deroppe med kolde fingre og så solen komme op"
    long_example = EXAMPLE + " and it will give power to many homes in our part of the country"
    found = measure(f"{long_example}. {own}", [long_example])
    assert found.own_share < 0.5
    assert (found.longest_own_run, found.own_words) == (12, True)


def test_eleven_own_words_in_a_row_are_not() -> None:
    own = "jeg stod selv deroppe med kolde fingre og så solen komme"
    long_example = EXAMPLE + " and it will give power to many homes in our part of the country"
    assert not measure(f"{long_example}. {own}", [long_example]).own_words


def test_words_from_two_examples_both_count() -> None:
    found = measure("one two three four five six seven eight", ["one two three four", "five six seven eight"])
    assert found.own_share == 0.0


def test_an_empty_text_has_taken_nothing_over() -> None:
    assert (measure("", [EXAMPLE]).own_share, measure("", [EXAMPLE]).own_words) == (1.0, True)


@given(WORDS, WORDS)
def test_own_share_is_a_share_and_agrees_with_the_runs(text: list[str], example: list[str]) -> None:
    """Against the definition, slowly: a word is matched if some common run of >= 4 words covers it."""
    found = measure(" ".join(text), [" ".join(example)])
    taken = set()
    for size in range(4, len(text) + 1):
        theirs = [example[start : start + size] for start in range(len(example) - size + 1)]
        for start in range(len(text) - size + 1):
            if text[start : start + size] in theirs:
                taken.update(range(start, start + size))
    assert found.matched == len(taken)
    assert 0 <= found.own_share <= 1


@given(WORDS, WORDS)
def test_a_text_of_its_own_example_is_never_own_when_long_enough(text: list[str], other: list[str]) -> None:
    joined = " ".join(text)
    assert measure(joined, [joined, " ".join(other)]).own_words is (len(text) < 4)


@given(WORDS, WORDS)
def test_more_examples_never_make_a_text_more_own(text: list[str], example: list[str]) -> None:
    few, many = measure(" ".join(text), []), measure(" ".join(text), [" ".join(example)])
    assert many.own_share <= few.own_share
