"""Near copies are heard, people who tell of the same thing in their own words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.rules.domain.likeness import likest

FIRST = "I går så jeg den første vinge løfte sig over havnen i Esbjerg. Det var større, end jeg havde troet."
#: As X's rules will have it, from six tenths on it is the same post (networks.x).
SAME = 0.6


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        f"{FIRST} 🎉 #vind @fjordkraft https://go.fjordkraft.dk/k3f9bcd",
        FIRST.upper(),
        FIRST.replace("større", "vildere").replace("troet", "regnet med"),
        "Wow! I går så jeg den første vinge løfte sig over havnen i Esbjerg.",
        # A word changed here and there, so that no run of three is left.
        "I går så han den første vinge svæve sig over byen i Esbjerg. Det var vildere, end jeg havde håbet.",
    ],
)
def test_near_copies_are_alike(text: str) -> None:
    assert likest(text, ["Noget helt andet om kantinen", FIRST]).share >= SAME


@pytest.mark.parametrize(
    "text",
    [
        "Min datter spurgte, hvad jeg laver. Nu kan jeg pege på den: den første mølle står på havnen.",
        "Den første vinge er oppe! Vi var fire på kajen klokken fem, og kaffen var kold.",
        "Kom og arbejd her: vi søger fyrre montører til møllerne i Esbjerg.",
    ],
)
def test_the_same_event_in_other_words_is_not_alike(text: str) -> None:
    assert likest(text, [FIRST]).share < SAME


def test_what_both_have_is_named() -> None:
    text = "Tænk: den første vinge løfte sig over havnen, og jeg stod der."
    assert likest(text, [FIRST]).common == "den første vinge løfte sig over havnen"


def test_without_words_only_the_very_same_is_alike() -> None:
    assert likest("🎉 🎉", ["🎉  🎉"]).share == 1
    assert likest("🎉", ["👏"]).share == 0
    assert likest("", []).share == 0


@given(text=st.text(), other=st.text())
def test_a_share_is_a_share_and_one_for_the_text_itself(text: str, other: str) -> None:
    assert 0 <= likest(text, [other]).share <= 1
    assert likest(text, [other, text]).share == 1
