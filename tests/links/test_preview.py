"""What preview fetchers are told. No database."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from genlyd.links.redirect.preview import Cards, card, is_fetcher

PREVIEW = {
    "title": "Vi søger 40 teknikere",
    "description": "Kom og byg vind",
    "image": "https://genlyd.example/p/1.jpg",
    "site": "Fjordkraft",
}
URL, TARGET = "https://go.example/k7rw2m", "https://fjordkraft.dk/jøb?a=1&b=2"
FETCHERS = [
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Mastodon/4.5.0 (http.rb/5.3.1; +https://mastodon.social/) Bot",
    "WhatsApp/2.23.20.0",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
]
PEOPLE = [
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
        " [LinkedInApp]/9.30.1"
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22B83"
        " [FBAN/FBIOS;FBAV/490.0.0;FBDV/iPhone15,2]"
    ),
    (
        "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP3A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
        " Chrome/131.0.0.0 Mobile Safari/537.36 Instagram 360.0.0.0.0 Android"
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
        " Twitter for iPhone/10.69"
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "",
]


@pytest.mark.parametrize("agent", FETCHERS)
def test_fetchers_are_known(agent: str) -> None:
    assert is_fetcher(agent)


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_in_the_networks_apps_are_people(agent: str) -> None:
    assert not is_fetcher(agent)


def tags(body: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', body))


def test_card_tells_the_story_and_keeps_readers_on_the_short_link() -> None:
    answer = card(PREVIEW, url=URL, target=TARGET)
    assert answer is not None
    body = answer.body.decode()
    assert answer.status == 200
    assert tags(body) == {
        "og:type": "website",
        "og:url": URL,
        "og:title": "Vi søger 40 teknikere",
        "og:description": "Kom og byg vind",
        "og:site_name": "Fjordkraft",
        "og:image": "https://genlyd.example/p/1.jpg",
        "description": "Kom og byg vind",
        "twitter:card": "summary_large_image",
        "twitter:title": "Vi søger 40 teknikere",
        "twitter:description": "Kom og byg vind",
        "twitter:image": "https://genlyd.example/p/1.jpg",
    }
    target = "https://fjordkraft.dk/j%C3%B8b?a=1&amp;b=2"
    assert f'<link rel="canonical" href="{target}">' in body
    assert f'<a href="{target}">' in body


def test_card_says_only_what_it_knows() -> None:
    answer = card({"title": "Kun en overskrift"}, url=URL, target=TARGET)
    assert answer is not None
    known = tags(answer.body.decode())
    assert known["twitter:card"] == "summary"
    assert not {"og:image", "og:description", "og:site_name"} & set(known)


@pytest.mark.parametrize("preview", [{}, {"title": "  "}, {"title": 7}, {"description": "no title"}])
def test_without_a_title_there_is_no_card(preview: dict[str, Any]) -> None:
    assert card(preview, url=URL, target=TARGET) is None


@pytest.mark.parametrize(
    "image", ["javascript:alert(1)", "data:image/png;base64,AA", "//evil", "/p.jpg", 7, None]
)
def test_image_is_an_http_address_or_nothing(image: object) -> None:
    answer = card({**PREVIEW, "image": image}, url=URL, target=TARGET)
    assert answer is not None
    assert b"image" not in answer.body.replace(b"summary_large_image", b"")


def test_everything_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    answer = card(dict.fromkeys(PREVIEW, evil), url=URL + evil, target="https://a.dk/" + evil)
    assert answer is not None
    assert b"<script" not in answer.body
    assert b'""' not in answer.body


def test_cards_are_read_once_for_a_crowd_and_never_in_the_way() -> None:
    asked: list[int] = []

    async def fetch(_within: float, _query: str, number: int) -> list[Any]:
        asked.append(number)
        if number == 9:
            raise OSError
        return [(TARGET, '{"title": "Ja"}')] if number == 1 else []

    async def run() -> None:
        cards = Cards(fetch, (OSError,))
        for _ in range(3):
            assert await cards.of(1, URL) is not None
        assert await cards.of(2, URL) is None
        assert await cards.of(9, URL) is None

    asyncio.run(run())
    assert asked == [1, 2, 9]
