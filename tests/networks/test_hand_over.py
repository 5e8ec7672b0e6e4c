"""What each network is opened with, and what is copied."""

from urllib.parse import parse_qs, urlsplit

import pytest

from genlyd.networks.contract import Message
from genlyd.networks.domain.permalink import is_permalink
from genlyd.networks.registry import NETWORKS, REAL, suitable

TEXT = "Her på Fjordkraft & hos os: 100 % vind?\nJeg var med 🎉"
LINK = "https://go.genlyd.dk/k3f9bcd"
MESSAGE = Message(text=TEXT, link=LINK, title="Vi bygger en park")


@pytest.mark.parametrize("key", REAL)
def test_nothing_of_the_post_is_lost(key: str) -> None:
    over = NETWORKS[key].hand_over(MESSAGE)
    parts = urlsplit(over.url)
    opened = str(parse_qs(parts.query)) + str(parse_qs(parts.fragment)) if key != "email" else over.url
    assert parts.scheme in {"https", "mailto"} or key in {"signature", "elsewhere"}
    assert TEXT in over.text
    assert LINK in over.text or LINK in opened
    if over.brings_text and key != "email":
        assert any(
            TEXT in value for values in parse_qs(parts.query or parts.fragment).values() for value in values
        )


@pytest.mark.parametrize("key", REAL)
def test_a_story_without_a_link_is_handed_over_too(key: str) -> None:
    over = NETWORKS[key].hand_over(Message(text=TEXT))
    assert over.text == TEXT
    assert "g.example" not in over.url


def test_with_a_picture_the_link_stands_in_the_text_where_it_would_have_been_a_card() -> None:
    linkedin = NETWORKS["linkedin"]
    assert linkedin.written(MESSAGE) == TEXT
    with_picture = Message(text=TEXT, link=LINK, has_picture=True)
    assert linkedin.written(with_picture) == f"{TEXT}\n\n{LINK}"
    assert LINK in linkedin.hand_over(with_picture).text


def test_mail_keeps_its_lines() -> None:
    assert "%0D%0A" in NETWORKS["email"].hand_over(MESSAGE).url


def test_a_signature_is_html_in_which_nothing_of_the_person_s_is_code() -> None:
    message = Message(text="Vi <b>søger</b> & finder\nKom forbi", link=LINK, title='Bliv "tekniker" <nu>')
    html = NETWORKS["signature"].hand_over(message).html
    assert html == (
        "<p>Vi &lt;b&gt;søger&lt;/b&gt; &amp; finder<br>Kom forbi<br>"
        f'<a href="{LINK}">Bliv &quot;tekniker&quot; &lt;nu&gt;</a></p>'
    )
    assert NETWORKS["signature"].hand_over(Message(text="Hej")).html == "<p>Hej</p>"


def test_counts_are_those_of_the_whole_post() -> None:
    [count] = NETWORKS["x"].counts(Message(text="Hej", link=LINK))
    assert (count.used, count.most, count.fits) == (3 + 2 + 23, 280, True)
    characters, octets = NETWORKS["bluesky"].counts(Message(text="👨‍👩‍👧‍👦" * 121))
    assert (characters.used, octets.used) == (121, 3025)
    assert (characters.fits, octets.fits) == (True, False)


def test_story_suits_the_networks_it_names_or_all() -> None:
    assert [network.key for network in suitable(["x", "bluesky"])] == ["bluesky", "x"]
    assert len(suitable([])) == len(REAL)


@pytest.mark.parametrize(
    ("url", "hosts", "known"),
    [
        ("https://www.linkedin.com/feed/update/urn:li:share:1/", ("linkedin.com",), True),
        ("https://linkedin.com.evil.example/feed/1", ("linkedin.com",), False),
        ("http://www.linkedin.com/feed/1", ("linkedin.com",), False),
        ("https://www.linkedin.com/", ("linkedin.com",), False),
        ("https://norden.social/@pia/1", (), True),
        ("javascript:alert(1)", (), False),
        ("https://[", (), False),
    ],
)
def test_permalink_is_recognised(url: str, hosts: tuple[str, ...], known: bool) -> None:  # noqa: FBT001
    assert is_permalink(url, hosts) is known
