"""Facebook takes a link and nothing else: the words are the person's own to paste."""

from urllib.parse import parse_qs, urlsplit

from genlyd.networks.contract import Message
from genlyd.networks.facebook import FACEBOOK

LINK = "https://g.example/k3f9bcd?a=1&b=æ"


def test_the_dialog_holds_the_whole_link_and_no_word() -> None:
    over = FACEBOOK.hand_over(Message(text="Mine egne ord & mere", link=LINK))
    parts = urlsplit(over.url)
    assert (parts.hostname, parse_qs(parts.query)) == ("www.facebook.com", {"u": [LINK]})
    assert (over.brings_link, over.brings_text) == (True, False)
    assert over.text == "Mine egne ord & mere"


def test_with_a_picture_the_link_is_pasted_too_as_there_is_no_card() -> None:
    over = FACEBOOK.hand_over(Message(text="Mine egne ord", link=LINK, has_picture=True))
    assert over.url == "https://www.facebook.com/"
    assert over.text == f"Mine egne ord\n\n{LINK}"


def test_nothing_is_posted_by_itself_and_it_is_said_why() -> None:
    assert FACEBOOK.publisher is None
    assert not FACEBOOK.sign_ins
    assert any("profiles" in str(text) for text in FACEBOOK.policy)
