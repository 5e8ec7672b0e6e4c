"""LinkedIn's names for things, and what an address of a post tells."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

#: A post's own name. `activity` is how the feed shows the same post under a number of its own.
_URN = re.compile(r"urn:li:(share|ugcPost|activity):(\d{15,20})")
#: linkedin.com/posts/name_the-first-words-share-7141…-AbCd
_IN_PATH = re.compile(r"[-_](share|ugcPost|activity)-(\d{15,20})(?:-|/|$)")
_POST = re.compile(r"urn:li:(?:share|ugcPost):\d{1,20}")
_EARLIEST = datetime(2010, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def author(sub: str) -> str:
    return f"urn:li:person:{sub}"


def is_post(urn: str) -> bool:
    return _POST.fullmatch(urn) is not None


def permalink(urn: str) -> str:
    return f"https://www.linkedin.com/feed/update/{urn}/"


def of_address(address: str) -> str:
    """The URN that an address of a post holds; "" when it holds none."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return ""
    if found := _URN.search(path):
        return f"urn:li:{found.group(1)}:{found.group(2)}"
    if found := _IN_PATH.search(path):
        return f"urn:li:{found.group(1)}:{found.group(2)}"
    return ""


def mentioned(words: str) -> str:
    """The first post that a message of LinkedIn's names; "" when it names none."""
    found = re.search(r"urn:li:(?:share|ugcPost):\d{1,20}", words)
    return found.group() if found else ""


def made_at(urn: str) -> datetime | None:
    """When the post was made: the number's upper bits count milliseconds. None when that makes no sense.

    LinkedIn does not document this, so it may suggest a match to a person and never decide one.
    """
    found = _URN.fullmatch(urn)
    if found is None:
        return None
    seconds = (int(found.group(2)) >> 22) / 1000
    if not _EARLIEST.timestamp() < seconds < _LATEST.timestamp():
        return None
    return datetime.fromtimestamp(seconds, UTC)
