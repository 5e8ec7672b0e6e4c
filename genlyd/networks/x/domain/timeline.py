"""Recognising our own post among those that X shows of a person."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

#: The address that X adds for a picture.
_OWN_PICTURE = re.compile(r"https?://(?:x|twitter)\.com/[^/]+/status/\d+/(?:photo|video)/\d+/?")


def find(posts: Sequence[Any], *, link: str, text: str) -> str:
    """The number of the post that is ours, "" when it is not among them.

    By our own short link, which no other post has; without one by the exact text, which X takes only once.
    """
    for post in posts:
        number = post.get("id") if isinstance(post, Mapping) else None
        if isinstance(number, str) and number.isdecimal() and _is_ours(post, link=link, text=text):
            return number
    return ""


def _is_ours(post: Mapping[str, Any], *, link: str, text: str) -> bool:
    return holds_link(post, link) if link else _plain(expanded(post)) == _plain(text)


def holds_link(post: Mapping[str, Any], link: str) -> bool:
    known = [url.get(name) for url in _urls(post) for name in ("expanded_url", "unwound_url")]
    if any(_same(one, link) for one in known if isinstance(one, str)):
        return True
    # What X takes for no address (a name inside the organisation) stands in the text as it was written.
    return bool(re.search(rf"{re.escape(link)}(?![\w/])", html.unescape(str(post.get("text", "")))))


def expanded(post: Mapping[str, Any]) -> str:
    """The text as it was written: signs unescaped, t.co undone, the picture's own address gone."""
    text = html.unescape(str(post.get("text", "")))
    for url in _urls(post):
        short, long = url.get("url"), url.get("expanded_url")
        if isinstance(short, str) and short and isinstance(long, str):
            text = text.replace(short, "" if _OWN_PICTURE.fullmatch(long) else long)
    return text


def _urls(post: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    entities = post.get("entities")
    urls = entities.get("urls") if isinstance(entities, Mapping) else None
    return [url for url in urls if isinstance(url, Mapping)] if isinstance(urls, list) else []


def _same(one: str, other: str) -> bool:
    try:
        first, second = urlsplit(one), urlsplit(other)
        return (first.hostname, first.port, first.path.rstrip("/"), first.query) == (
            second.hostname, second.port, second.path.rstrip("/"), second.query,
        )  # fmt: skip
    except ValueError:
        return False


def _plain(text: str) -> str:
    """Composed, and every run of white space one space: X tidies texts. The scheme, which X adds, is left out."""
    return re.sub(r"https?://", "", " ".join(unicodedata.normalize("NFC", text).split()))
