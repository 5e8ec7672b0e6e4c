"""Which user agents are programs: the crawlerdetect library's list, and our own of preview fetchers."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from crawlerdetect import CrawlerDetect

from genlyd.links.domain import verdict
from genlyd.links.domain.verdict import Agents


@cache
def _fetchers() -> tuple[str, ...]:
    lines = (
        files("genlyd.links").joinpath("data/preview_fetchers.txt").read_text(encoding="utf-8").splitlines()
    )
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=10_000)
def _is_preview(user_agent: str) -> bool:
    agent = user_agent.lower()
    return any(part in agent for part in _fetchers())


@lru_cache(maxsize=10_000)
def _is_bot(user_agent: str) -> bool:
    return CrawlerDetect().is_crawler(user_agent)


AGENTS = Agents(is_preview=_is_preview, is_bot=_is_bot)


@lru_cache(maxsize=50_000)
def kind_of(user_agent: str) -> str:
    """The verdict a user agent earns by itself, "" for a person's browser. See links.domain.judge."""
    if _is_preview(user_agent):
        return verdict.PREVIEW
    if not user_agent.strip() or _is_bot(user_agent):
        return verdict.BOT
    return ""
