from __future__ import annotations

import re

import pytest
from crawlerdetect import CrawlerDetect

from genlyd.links.agents import kind_of
from genlyd.links.domain.shape import like_a_browser
from genlyd.links.quality import agents

LINKEDIN_APP = (
    "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/130.0.0.0 Mobile Safari/537.36 [LinkedInApp]/4.1.990"
)


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (LINKEDIN_APP, ""),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", ""),
        ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "preview"),
        ("FacebookExternalHit/1.1", "preview"),
        ("LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)", "preview"),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "bot"),
        ("curl/8.5.0", "bot"),
        ("", "bot"),
        (" ", "bot"),
        ("Mozilla", "bot"),
        ("Barracuda Sentinel (EE)", "scanner"),
    ],
)
def test_kind_of_an_agent(agent: str, kind: str) -> None:
    assert kind_of(agent) == kind


def test_what_is_kept_of_a_private_visitors_browser_is_still_a_browsers() -> None:
    """Names without versions, devices and systems: ingest keeps no more of who asked not to be followed."""
    people = [agent.text for agent in agents() if agent.is_person]
    kept = [re.sub(r"/[^ ]* *", " ", re.sub(r"\([^()]*\)", "", text)) for text in people]
    assert [short for short in kept if kind_of(short)] == []


def test_librarys_list_is_asked_as_the_library_asks_it() -> None:
    shaped = [agent.text for agent in agents() if like_a_browser(agent.text) and agent.verdict in {"", "bot"}]
    assert {agent: bool(kind_of(agent)) for agent in shaped} == {
        agent: CrawlerDetect().is_crawler(agent) for agent in shaped
    }
