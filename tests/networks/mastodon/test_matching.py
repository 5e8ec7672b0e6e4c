"""A status of ours is known again after the server has made HTML of it; nobody else's is taken for it."""

from datetime import UTC, datetime, timedelta

import pytest

from genlyd.networks.mastodon.domain.matching import instant, is_ours

SINCE = datetime(2026, 11, 23, 12, tzinfo=UTC)
LINK = "https://g.example/k3f9bcd"
TEXT = "Hos Fjordkraft & hos jer: 100 % “vind” <3\n\nTak @pia@norden.social #vind 🌬️"
#: As Mastodon 4.3 writes it: short codes stay, mentions lose their server, addresses are cut in three.
CONTENT = (
    '<p>Hos Fjordkraft &amp; hos jer: 100 % “vind” &lt;3</p><p>Tak <span class="h-card"><a href="https://norden.'
    'social/@pia" class="u-url mention">@<span>pia</span></a></span> <a href="https://x/tags/vind" class="mention'
    ' hashtag" rel="tag">#<span>vind</span></a> 🌬️{link}</p>'
)
SHOWN = (
    f'<br /><a href="{LINK}" target="_blank"><span class="invisible">https://</span>'
    '<span class="ellipsis">g.example</span><span class="invisible">/k3f9bcd</span></a>'
)


def a_status(content: str, *, at: datetime = SINCE, **fields: object) -> dict:
    return {"id": "1", "content": content, "created_at": at.isoformat(), "reblog": None, **fields}


def test_the_link_of_the_delivery_decides() -> None:
    assert is_ours(a_status(CONTENT.format(link=SHOWN)), text="other words", link=LINK, since=SINCE)
    assert not is_ours(a_status(CONTENT.format(link="")), text=TEXT, link=LINK, since=SINCE)


def test_without_a_link_the_words_decide() -> None:
    assert is_ours(a_status(CONTENT.format(link="")), text=TEXT, link="", since=SINCE)
    assert not is_ours(
        a_status(CONTENT.format(link="!?")[:-6] + " mere</p>"), text=TEXT, link="", since=SINCE
    )


def test_the_same_words_of_an_earlier_day_are_another_post() -> None:
    old = a_status(CONTENT.format(link=""), at=SINCE - timedelta(seconds=1))
    assert not is_ours(old, text=TEXT, link="", since=SINCE)


def test_a_boost_of_somebody_s_post_is_not_ours() -> None:
    assert not is_ours(a_status(SHOWN, reblog={"id": "2"}), text=TEXT, link=LINK, since=SINCE)


@pytest.mark.parametrize("value", [None, 5, "", "soon", {}])
def test_an_unreadable_time_is_no_time(value: object) -> None:
    assert instant(value) is None
    assert not is_ours({"content": "<p>Hej</p>", "created_at": value}, text="Hej", link="", since=SINCE)
