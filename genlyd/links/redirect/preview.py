"""What networks are told of a link when they draw its preview: the story's own words and picture.

A person with the same link is always sent on. So is a fetcher when the link has nothing of its own to tell: it then
reads what the target says about itself.
"""

from __future__ import annotations

import json
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, lru_cache
from html import escape
from importlib.resources import files
from typing import Any

from genlyd.links.domain.target import location, usable
from genlyd.links.redirect.answer import Answer, content

#: Seconds a card is remembered: one post is fetched by hundreds of Mastodon servers within a minute.
FRESH, MOST = 60.0, 500
PATIENCE = 0.5
FIND = "SELECT target, preview FROM links_link WHERE id = $1"
#: What networks cut off anyway.
LONGEST_TITLE, LONGEST_TEXT = 300, 1_000
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@cache
def _fetchers() -> re.Pattern[str]:
    lines = (
        files("genlyd.links").joinpath("data/preview_fetchers.txt").read_text(encoding="utf-8").splitlines()
    )
    names = [line.strip().lower() for line in lines if line.strip() and not line.startswith("#")]
    return re.compile("|".join(map(re.escape, names)))


@lru_cache(maxsize=10_000)
def is_fetcher(user_agent: str) -> bool:
    return _fetchers().search(user_agent.lower()) is not None


def card(preview: Mapping[str, Any], *, url: str, target: str) -> Answer | None:
    """The page for fetchers; None when there is nothing to tell. `url` is the short link, `target` where it leads.

    og:url is the short link: were it the target, Facebook would send readers there past the link. The canonical
    address is the target's, for whoever lists pages.
    """
    title = _text(preview.get("title"), LONGEST_TITLE)
    if not title:
        return None
    target = location(target, {})
    text, site = (_text(preview.get(name), LONGEST_TEXT) for name in ("description", "site"))
    image = preview.get("image")
    image = location(image, {}) if isinstance(image, str) and usable(image) else ""
    tags = [
        ("property", "og:type", "website"),
        ("property", "og:url", url),
        ("property", "og:title", title),
        ("property", "og:description", text),
        ("property", "og:site_name", site),
        ("property", "og:image", image),
        ("name", "description", text),
        ("name", "twitter:card", "summary_large_image" if image else "summary"),
        ("name", "twitter:title", title),
        ("name", "twitter:description", text),
        ("name", "twitter:image", image),
    ]
    metas = "".join(
        f'<meta {kind}="{name}" content="{escape(value)}">' for kind, name, value in tags if value
    )
    body = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<link rel="canonical" href="{escape(target)}">{metas}</head>'
        f'<body><h1><a href="{escape(target)}">{escape(title)}</a></h1><p>{escape(text)}</p></body></html>'
    )
    return content(200, body, "text/html; charset=utf-8", content_security_policy=_POLICY, vary="User-Agent")


def _text(value: object, longest: int) -> str:
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""


class Cards:
    """What links tell about themselves. Read when a fetcher asks, so that a link in memory stays small."""

    def __init__(
        self, fetch: Callable[..., Awaitable[list[Any]]], away: tuple[type[BaseException], ...]
    ) -> None:
        self._fetch, self._away = fetch, away
        self._known: OrderedDict[int, tuple[float, tuple[str, dict[str, Any]]]] = OrderedDict()

    async def of(self, link_id: int, url: str) -> Answer | None:
        """None: send the fetcher on like anybody, also while the database is away."""
        known = self._known.get(link_id)
        if known is None or known[0] < time.monotonic():
            try:
                rows = await self._fetch(PATIENCE, FIND, link_id)
            except self._away:
                return None
            if not rows:
                return None
            target, preview = rows[0]
            known = (time.monotonic() + FRESH, (target, json.loads(preview)))
            self._known[link_id] = known
            self._known.move_to_end(link_id)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        target, preview = known[1]
        return card(preview, url=url, target=target)
