"""Threads takes at most five different links in a post."""

from __future__ import annotations

from genlyd.networks.domain.urls import find_urls

#: Five, of which one is kept for the story's own: it is attached, and counts when it is not in the text.
MOST = 4


def different_links(text: str) -> int:
    return len({span.url for span in find_urls(text)})
