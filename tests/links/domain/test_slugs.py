from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genlyd.links.domain import slugs, words
from genlyd.links.domain.slugs import Trouble

chance = st.randoms(use_true_random=False)
DIGITS = str.maketrans("oieastg", "0134579")
ANYWHERE = sorted(words.sections()["anywhere"])
WORDS = sorted(words.sections()["word"])
#: Ordinary words with a bad one inside; whoever adds to the list must let them through.
ORDINARY = """
    prøve godkendt inkluderer konkluderer klasse klassen massage dokument dokumenter analyse analyser kanal kanaler
    essex seksten assistent passager topik trafik politik grafik epik spiller spikes niger nigeria cockpit peacock
    accumulate
    circumstance titel kompetitiv appetit glasfiber brassband compass sexten sort sporten transport hvidbog kusine
    montenegro diskussion
    slutspil hoved horisont hornsyld shore therapist grapes drape svinkløv lortefri sportshal skiftehold
    pisk episode slavisk porsche heilig analog skidage skidtøj tosset idiomer masse rensdyr landsat fiskeri vindmølle
    åbent-hus job-i-esbjerg lære-elev mød-pia grøn-strøm sommer-2026 praktik 40-teknikere
""".split()  # noqa: SIM905


@given(chance)
def test_a_random_slug_is_unambiguous_and_says_nothing(random) -> None:
    slug = slugs.random_slug(choose=random.choice)
    assert re.fullmatch(r"[a-z0-9]{7}", slug)
    assert not set(slug) & set("01258iloszaeuyq9")
    assert "rn" not in slug
    assert "vv" not in slug
    assert not words.bad_by_chance(slug)
    assert slugs.trouble(slug) is None


def test_chance_is_drawn_again_when_it_spells_something() -> None:
    drawn = iter("fckbcdg" + "bcdfcnt" + "bcdrnfg" + "bcdfghj")
    assert slugs.random_slug(choose=lambda _alphabet: next(drawn)) == "bcdfghj"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Havvind skaber arbejdspladser", "havvind-skaber"),
        ("Vi søger 40 teknikere til Esbjerg", "teknikere"),
        ("Åbent hus den 4. maj", "aabent-hus-maj"),
        ("Blæst! Rekordmeget strøm i oktober", "blaest"),
        ("Our new wind farm powers 200,000 homes", "wind-farm-powers"),
        # Nothing nice: a word too long to be read on paper, only digits, only small words, another alphabet.
        ("Vindmølleteknikeruddannelsen", ""),
        ("2026", ""),
        ("Det er her!", ""),
        ("Ветер", ""),
        ("Fuck you", ""),
    ],
)
def test_readable_tells_what_a_title_is_about(title: str, part: str) -> None:
    assert slugs.readable(title) == part


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(ORDINARY)).map(" ".join)), chance)
def test_a_titled_slug_is_a_slug_whatever_the_title(title: str, random) -> None:
    slug = slugs.titled_slug(title, choose=random.choice)
    assert slugs.trouble(slug) is None
    assert len(slug) <= slugs.MOST_READABLE + 1 + slugs.TAIL
    assert len(slug) >= slugs.LENGTH


@given(st.text(max_size=60))
def test_an_own_slug_without_trouble_is_safe_in_an_address(wish: str) -> None:
    slug = slugs.own_slug(wish)
    if slugs.trouble(slug) is None:
        assert 3 <= len(slug) <= 40
        assert set(slug) <= set(string.ascii_lowercase + string.digits + "-")
        assert slugs.own_slug(slug) == slug


@pytest.mark.parametrize(
    ("wish", "slug", "trouble"),
    [
        ("Åbent hus 2027", "aabent-hus-2027", None),
        (" /Job_i_Esbjerg/ ", "job-i-esbjerg", None),
        ("ab", "ab", Trouble.SHORT),
        ("a" * 41, "a" * 41, Trouble.LONG),
        ("robots.txt", "robots.txt", Trouble.LETTERS),
        ("-job", "-job", Trouble.LETTERS),
        ("xn--job", "xn--job", Trouble.LETTERS),
        ("job/esbjerg", "job/esbjerg", Trouble.LETTERS),
        ("Healthz", "healthz", Trouble.RESERVED),
        ("Well known", "well-known", Trouble.RESERVED),
        ("f1sse", "f1sse", Trouble.BAD),
        ("skide-godt", "skide-godt", Trouble.BAD),
        ("job-1488", "job-1488", Trouble.BAD),
        ("14-88", "14-88", Trouble.BAD),
    ],
)
def test_own_slugs(wish: str, slug: str, trouble: Trouble | None) -> None:
    assert slugs.own_slug(wish) == slug
    assert slugs.trouble(slug) is trouble


@settings(max_examples=300)
@given(st.sampled_from(ANYWHERE), st.data())
def test_a_bad_word_is_seen_through_digits_separators_and_repetition(word: str, data) -> None:
    spelt = "".join(
        data.draw(st.sampled_from([letter, letter.upper(), letter.translate(DIGITS), letter * 3]))
        + data.draw(st.sampled_from(["", "", "-", "."]))
        for letter in word
    )
    assert words.bad(f"job-{spelt}-nu")


@given(st.sampled_from(WORDS), st.data())
def test_a_bad_word_by_itself_is_seen_through_separators(word: str, data) -> None:
    spelt = "".join(letter + data.draw(st.sampled_from(["", "-", "_"])) for letter in word)
    assert words.bad(f"job-{spelt}-nu")


@pytest.mark.parametrize("word", sorted(set(ORDINARY)))
def test_ordinary_words_go_through(word: str) -> None:
    assert not words.bad(word)


@pytest.mark.parametrize("word", ["fck", "job-cnt", "kss", "b1tch", "k-s-s-mig", "hh88", "acab", "A.C.A.B"])
def test_abbreviations_and_codes_are_seen(word: str) -> None:
    assert words.bad(word)


@given(st.from_regex(r"[a-z][a-z0-9]{2,39}", fullmatch=True))
def test_suggestions_are_near_and_without_trouble(slug: str) -> None:
    found = list(slugs.suggestions(slug, year=2026))
    assert slug not in found
    assert all(slugs.trouble(one) is None for one in found)
    assert len(found) >= 5 or slugs.trouble(slug) is not None
