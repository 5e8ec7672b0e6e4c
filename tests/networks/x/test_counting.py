"""Our count of an X post against X's own: the same weight, the same verdict, the same addresses."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.x.domain.addresses import LONGEST_TEXT, data
from genlyd.networks.x.domain.counting import MOST, addresses, is_post, weight
from tests.servers.x.twitter_text import install

FAMILY = "👨‍👩‍👧‍👦"
#: Where counting goes wrong: half addresses, letters that are two signs, emoji made of several, signs that are none.
PIECES = [
    "https://", "http://", "HTTPS://", "www.", "t.co", "https://t.co/abc", "https://go.genlyd.dk/k3f9bcd", ".", "/",
    "?", "=", "&", "#", "@", "(", ")", "-", "_", ":", ":80", " ", "\n", "æ", "ø", "å", "e\u0301", "漢", "字", "\u200d",
    "\ufe0f", "\ufe0e", "\u20e3", "1", "👨", "👩", "👧", "👦", "❤️", "💋", "🏽", FAMILY, "🇩🇰", "🇩", "©", "©️",
    "\u200e", "\ufeff", "\ufffe", "xn--", "рф", "РУС", "。", "．", "–", "“", "…", "Men", "dag", "fjordkraft", "co",
    "uk", "dk", "com", "＠", "$", "!", "'", "~", "|", "[", "]", "+", ",", ";", "%20", "*", "ſ", "K", "ι", "ⱥ", "ʒ",
    "x" * 60, "y" * 64, "a" * 250, "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "\u3000", "\x85",
]  # fmt: skip
EDGES = [
    "", " ", "Hej", "x" * MOST, "x" * (MOST + 1), "😀" * 140, "😀" * 141, "漢" * 140, "Godt gået i dag.Men vi",
    "https://localhost/x", "https://g.example/k3f9bcd", "Se fjordkraft.dk/nyt, og skriv til pia@fjordkraft.dk",
    f"{'x' * 256} https://fjordkraft.dk/{'y' * 100}", f"{'x' * 257} https://fjordkraft.dk", "1️⃣2️⃣3️⃣", "☀☀️☀︎",
    "🧑‍🤝‍🧑", "🫱🏽‍🫲🏻", "🥹", "漢字a.dk/x", "https://fjordkraft.dk/(a(b)c)", f"https://fjordkraft.dk/{'z' * 4100}",
]  # fmt: skip


def made_up(how_many: int) -> list[str]:
    chance = random.Random(280)
    top_level = [name for line in data("top_level.txt") for name in line.split()]

    def piece() -> str:
        kind = chance.random()
        if kind < 0.5:
            return chance.choice(PIECES)
        if kind < 0.62:
            return f".{chance.choice(top_level)}"
        if kind < 0.72:
            return chr(chance.choice([chance.randrange(0x1F300, 0x1FB00), chance.randrange(0x2600, 0x27C0)]))
        if kind < 0.8:
            return chr(chance.choice([chance.randrange(0x20, 0xD800), chance.randrange(0xE000, 0x110000)]))
        return chance.choice("abcdefghijklmnopqrstuvwxyz   ..//")

    return ["".join(piece() for _ in range(chance.randrange(1, 30))) for _ in range(how_many)]


def test_two_thousand_texts_count_as_they_do_for_x() -> None:
    if not install.is_installed():
        pytest.skip("X's own counting is not installed: `make test` does")
    texts = [*EDGES, *made_up(2000)]
    theirs = install.count(texts)
    ours = [(weight(text), is_post(text), addresses(text)) for text in texts]
    assert [one for one in zip(texts, ours, theirs, strict=True) if one[1] != one[2]] == []
    # The comparison is worth something: it has seen addresses, posts and texts that are none.
    assert sum(bool(found) for _weight, _valid, found in theirs) > 300
    assert 300 < sum(valid for _weight, valid, _found in theirs) < len(texts) - 300


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("", 0),
        ("Blåbærgrød på æbleskiver", 24),
        ("e\u0301", 1),  # composed before it is weighed
        (FAMILY, 2),
        ("👍🏽", 2),
        ("🇩🇰", 2),
        ("1️⃣", 2),
        ("©", 1),
        ("漢字", 4),
        ("“quoted” – and so on…", 22),
        ("https://example.com/a/very/long/path?with=a&query=too", 23),
        ("See https://example.com.", 4 + 23 + 1),
        ("(https://example.com/a_(b))", 1 + 23 + 1),
        # Not an address for X, so it is as long as it is:
        ("https://localhost/x", 19),
        # An address that nobody meant, with its price:
        ("i dag.Men", 2 + 23),
    ],
)
def test_weight(text: str, weighs: int) -> None:
    assert weight(text) == weighs


@given(text=st.text())
def test_any_text_has_a_weight(text: str) -> None:
    assert weight(text) >= 0


def test_a_hostile_text_is_weighed_in_reasonable_time() -> None:
    for text in ("a." * (LONGEST_TEXT // 2), "æ." * (LONGEST_TEXT // 4), f"https://a.dk/{'(' * 4000}"):
        assert weight(text) > MOST
