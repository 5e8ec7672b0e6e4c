"""Which user agents are programs: our lists, the crawlerdetect library's, and what is not shaped like a browser's."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from crawlerdetect.crawlerdetect import get_compiled_crawler_regex, get_compiled_exclusions_regex

from genlyd.links.domain import verdict
from genlyd.links.domain.shape import like_a_browser


@cache
def _parts(name: str) -> tuple[str, ...]:
    lines = files("genlyd.links").joinpath(f"data/{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _holds(user_agent: str, name: str) -> bool:
    agent = user_agent.lower()
    return any(part in agent for part in _parts(name))


# As CrawlerDetect.is_crawler does it, whose memory lasts for one object. Its list takes half a millisecond. Without
# what the library says does not matter (systems, browsers' versions), a thousand browsers are less than a hundred.
@lru_cache(maxsize=10_000)
def _is_listed(rest: str) -> bool:
    return bool(rest) and get_compiled_crawler_regex().search(rest) is not None


@lru_cache(maxsize=50_000)
def kind_of(user_agent: str) -> str:
    """The verdict a user agent earns by itself, "" for a person's browser. See links.domain.judge."""
    if _holds(user_agent, "preview_fetchers"):
        return verdict.PREVIEW
    if _holds(user_agent, "scanners"):
        return verdict.SCANNER
    if not like_a_browser(user_agent) or _is_listed(
        get_compiled_exclusions_regex().sub("", user_agent.strip())
    ):
        return verdict.BOT
    return ""
