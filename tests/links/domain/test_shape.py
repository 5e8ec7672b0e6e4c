from __future__ import annotations

import pytest

from genlyd.links.domain.shape import like_a_browser


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Mobile; rv:48.0; A405DL) Gecko/48.0 Firefox/48.0 KAIOS/2.5.2.2",
        "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36",
        "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
        "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; da) Presto/2.12.423 Version/12.16",
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/111.0.0.0 Mobile "
            "Safari/537.36 (Ecosia android@111.0.5563.116)"
        ),
    ],
)
def test_browsers_look_like_browsers(agent: str) -> None:
    assert like_a_browser(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Nobody/1.0",
        "Mozilla/5.0",
        "Mozilla/5.0 (Exchange check)",
        "Mozilla/5.0 (compatible; Nobody/1.0)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (compatible; Nobody/1.0) Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64) Nobody/1.0 (+https://nobody.example/)",
        "Mozilla/5.0 (X11; Linux x86_64) Nobody/1.0 (nobody@nobody.example)",
    ],
)
def test_programs_do_not(agent: str) -> None:
    assert not like_a_browser(agent)
