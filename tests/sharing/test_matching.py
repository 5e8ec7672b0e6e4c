from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from genlyd.sharing.domain.matching import How, Ours, Theirs, match

AT = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
LINK = "https://go.fjordkraft.example/k3f9bcd"
WORDS = "Jeg så den første vinge løfte sig over havnen."


def test_the_surest_sign_wins_and_each_post_is_one_share() -> None:
    shares = [
        Ours(share_id=1, number="700", text=WORDS),
        Ours(share_id=2, link=LINK, text=WORDS),
        Ours(share_id=3, text="Noget helt andet om vind og vejr."),
        Ours(share_id=4, begins=AT, ends=AT),
    ]
    posts = [
        Theirs(number="701", links=(f"{LINK}?x=1",), text="Ændret siden"),
        Theirs(number="700", text=WORDS),
        Theirs(number="702", text="  noget HELT andet\n om vind og vejr. "),
        Theirs(number="703", at=AT + timedelta(seconds=90)),
        Theirs(number="704", text="Ikke vores"),
    ]
    assert match(posts, shares) == {
        1: (1, How.ADDRESS), 0: (2, How.LINK), 2: (3, How.TEXT), 3: (4, How.TIME),
    }  # fmt: skip


def test_the_link_within_the_words_does_not_stand_in_the_way() -> None:
    shares = [Ours(share_id=1, link=LINK, text=WORDS)]
    assert match([Theirs(number="1", text=f"{WORDS}\n\n{LINK}")], shares) == {0: (1, How.TEXT)}


def test_what_two_could_claim_is_nobody_s() -> None:
    twins = [Ours(share_id=1, text=WORDS), Ours(share_id=2, text=WORDS)]
    assert match([Theirs(number="1", text=WORDS)], twins) == {}
    near = [Ours(share_id=1, begins=AT, ends=AT)]
    assert match([Theirs(number="1", at=AT), Theirs(number="2", at=AT)], near) == {}


def test_a_known_address_is_not_overruled_by_the_same_words() -> None:
    assert match([Theirs(number="9", text=WORDS)], [Ours(share_id=1, number="8", text=WORDS)]) == {}


def test_short_words_are_anybody_s() -> None:
    assert match([Theirs(number="1", text="Tillykke!")], [Ours(share_id=1, text="Tillykke!")]) == {}


POSTS = st.lists(
    st.builds(Theirs, number=st.sampled_from("123"), text=st.sampled_from(["", WORDS, WORDS * 2]),
              at=st.sampled_from([None, AT, AT + timedelta(days=1)])), max_size=5,
)  # fmt: skip
SHARES = st.lists(
    st.builds(
        Ours, share_id=st.integers(1, 9), number=st.sampled_from(["", "1", "2"]),
        text=st.sampled_from(["", WORDS]), begins=st.sampled_from([None, AT]), ends=st.sampled_from([None, AT]),
    ),
    max_size=5, unique_by=lambda share: share.share_id,
)  # fmt: skip


@given(POSTS, SHARES)
def test_nothing_is_ever_matched_twice(posts: list[Theirs], shares: list[Ours]) -> None:
    found = match(posts, shares)
    assert len({share_id for share_id, _how in found.values()}) == len(found)


def test_the_largest_file_is_held_against_the_most_posts_in_a_moment() -> None:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    shares = [
        Ours(share_id=n, link=f"https://go.example/{n:07d}", text=f"{WORDS} {n}", begins=at, ends=at)
        for n in range(2_000)
        for at in [begin + timedelta(hours=n)]
    ]
    posts = [
        Theirs(number=str(n), text=f"Andre ord om noget andet {n}", at=begin + timedelta(days=400, hours=n))
        for n in range(20_000)
    ]
    posts[7] = Theirs(number="7", text=f"{WORDS} 1999")
    began = time.monotonic()
    assert match(posts, shares) == {7: (1999, How.TEXT)}
    assert time.monotonic() - began < 10
