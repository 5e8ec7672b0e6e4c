"""Knowing our own post again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.meta.domain.posts import Listed, find, same_words, time_of

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINK = "https://g.example/k3f9bcd"


def listed(number: int, text: str = "Hej", *, minutes: int = 0, link: str = "") -> Listed:
    return Listed(remote_id=str(number), text=text, at=AT + timedelta(minutes=minutes), link=link)


def test_our_own_link_decides_whatever_the_words_are() -> None:
    posts = [
        listed(3, "Hej", link="https://g.example/other"),
        listed(2, "Ændret", link=LINK),
        listed(1, "Hej"),
    ]
    found = find(posts, text="Hej", link=LINK, since=AT)
    assert found is not None
    assert found.remote_id == "2"
    in_text = find([listed(4, f"Hej\n\n{LINK}")], text="Hej", link=LINK, since=AT)
    assert in_text is not None


def test_another_posts_link_is_never_ours() -> None:
    assert find([listed(1, "Hej", link="https://g.example/other")], text="Hej", link=LINK, since=AT) is None


def test_words_count_only_from_the_attempt_on() -> None:
    assert find([listed(1, minutes=-3)], text="Hej", link="", since=AT) is None
    found = find([listed(2, minutes=5), listed(1, minutes=-1)], text="Hej", link="", since=AT)
    assert found is not None
    assert found.remote_id == "1"


def test_times_are_graphs_or_none() -> None:
    assert time_of("2026-11-23T09:00:00+0000") == AT
    assert time_of("yesterday") is None
    assert time_of(7) is None


@given(st.text())
def test_words_are_the_same_however_spaced_and_composed(text: str) -> None:
    import unicodedata

    assert same_words(text, f"  {unicodedata.normalize('NFD', text)}\n")
