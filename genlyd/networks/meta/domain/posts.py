"""Knowing our own post again in what a network lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

#: Clocks differ; a post is never older than the first attempt by more than this.
SKEW = timedelta(minutes=2)
FORMAT = "%Y-%m-%dT%H:%M:%S%z"


@dataclass(frozen=True)
class Listed:
    """A post as the network lists it. `link` is its attached link, "" when it has none or the network does not say."""

    remote_id: str
    text: str
    at: datetime | None
    permalink: str = ""
    link: str = ""


def time_of(value: object) -> datetime | None:
    """From Graph's "2026-11-23T15:31:27+0000"; None when it is no time."""
    try:
        return datetime.strptime(value, FORMAT) if isinstance(value, str) else None  # noqa: DTZ007  FORMAT has %z
    except ValueError:
        return None


def same_words(one: str, other: str) -> bool:
    """Equal but for what networks change by themselves: white space and how a letter is composed."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def find(listed: Sequence[Listed], *, text: str, link: str, since: datetime) -> Listed | None:
    """Ours, if it is there: our own short link, which no other post has, decides; else the words and the time."""
    recent = [post for post in listed if post.at is None or post.at >= since - SKEW]
    if link:
        for post in recent:
            if post.link == link or link in post.text:
                return post
        # A network that does not list the attached link leaves the words to go by.
        recent = [post for post in recent if not post.link]
    matches = [post for post in recent if same_words(post.text, text)]
    # The oldest of them: a person may post the same words again by hand while we look.
    return matches[-1] if matches else None
