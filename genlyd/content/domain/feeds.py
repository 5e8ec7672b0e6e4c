"""RSS, Atom and JSON Feed into one shape. Pure: bytes in, values out; the clock is an argument."""

from __future__ import annotations

import calendar
import hashlib
import html
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import feedparser
import nh3
from feedparser.mixin import _FeedParserMixin

from genlyd.content.domain.charset import decoded
from genlyd.content.domain.preview import absolute

#: Newest first; a feed that lists more is cut.
MOST_ENTRIES = 500
LONGEST_GUID = 500
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_BREAKS = re.compile(r"<(?:/p|/div|/li|/h\d|br\s*/?)\s*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_LINES = re.compile(r"\s*\n\s*")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
# A guid is a name. Resolved like an address it would change when the feed moves, and every item would come again.
_FeedParserMixin.can_be_relative_uri = _FeedParserMixin.can_be_relative_uri - {"id"}


class Fault(StrEnum):
    WEB_PAGE = "web_page"
    BROKEN = "broken_feed"
    NOT_A_FEED = "not_a_feed"


class Unreadable(Exception):
    """The bytes are no feed; `fault` says what they are instead."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Entry:
    """One thing a feed offers. Texts are plain, `url` and `picture` absolute or empty, the date sane or None."""

    guid: str
    title: str
    url: str = ""
    summary: str = ""
    picture: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Parsed:
    title: str
    entries: list[Entry]


def parse(body: bytes, content_type: str, url: str, now: datetime) -> Parsed:
    """Raises Unreadable. Entries come newest first, those without a date in the feed's order at the end."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith((b"{", b"[")):
        parsed = _json(decoded(body, content_type), url, now)
    else:
        parsed = _xml(body, content_type, url, now)
    unique = {entry.guid: entry for entry in reversed(parsed.entries)}
    entries = sorted(unique.values(), key=lambda entry: entry.published_at or _EARLIEST, reverse=True)
    return Parsed(parsed.title, entries[:MOST_ENTRIES])


def _xml(body: bytes, content_type: str, url: str, now: datetime) -> Parsed:
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    read = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not read.get("version"):
        if _HTML.search(body[:4000]) or "html" in content_type.lower():
            raise Unreadable(Fault.WEB_PAGE)
        xml = body.lstrip()[:200].lower()
        raise Unreadable(Fault.BROKEN if xml.startswith((b"<?xml", b"<rss", b"<feed")) else Fault.NOT_A_FEED)
    if not read.entries and read.bozo and not read.feed.get("title"):
        raise Unreadable(Fault.BROKEN)
    entries = [_entry_of(raw, url, now) for raw in read.entries]
    return Parsed(plain(read.feed.get("title", ""), 300), [entry for entry in entries if entry])


def _entry_of(raw: Any, url: str, now: datetime) -> Entry | None:
    contents = [content.get("value", "") for content in raw.get("content", [])]
    summary = raw.get("summary", "") or (contents[0] if contents else "")
    return _entry(
        guid=raw.get("id", ""),
        url=absolute(url, raw.get("link", "")),
        title=raw.get("title", ""),
        summary=summary,
        picture=absolute(url, _picture(raw)),
        published_at=_moment(raw.get("published_parsed") or dict.get(raw, "updated_parsed"), now),
    )


def _picture(raw: Any) -> str:
    for thumbnail in raw.get("media_thumbnail", []):
        if thumbnail.get("url"):
            return str(thumbnail["url"])
    for media in [*raw.get("media_content", []), *raw.get("enclosures", [])]:
        kind = media.get("type", "") or media.get("medium", "")
        if kind.startswith("image") and (media.get("url") or media.get("href")):
            return str(media.get("url") or media.get("href"))
    return ""


def _moment(parsed: Any, now: datetime) -> datetime | None:
    if not parsed:
        return None
    try:
        return sane(datetime.fromtimestamp(calendar.timegm(parsed), tz=UTC), now)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def sane(moment: datetime, now: datetime) -> datetime | None:
    """A date before the web is a mistake; one in the future is a clock that runs ahead, or a plan: it counts as now."""
    if moment < _EARLIEST:
        return None
    return min(moment, now) if moment < now + timedelta(days=366 * 5) else None


def _json(text: str, url: str, now: datetime) -> Parsed:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Fault.BROKEN) from error
    if not isinstance(read, dict) or "jsonfeed.org/version/" not in str(read.get("version", "")):
        raise Unreadable(Fault.NOT_A_FEED)
    items = read.get("items")
    if not isinstance(items, list):
        raise Unreadable(Fault.BROKEN)
    entries = [_json_entry(item, url, now) for item in items if isinstance(item, dict)]
    return Parsed(plain(_text(read, "title"), 300), [entry for entry in entries if entry])


def _json_entry(item: dict[str, Any], url: str, now: datetime) -> Entry | None:
    written = _text(item, "date_published", "date_modified")
    try:
        moment = datetime.fromisoformat(written) if written else None
    except ValueError:
        moment = None
    if moment and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    as_text = html.escape(_text(item, "content_text")).replace("\n", "<br>")
    number = item.get("id")
    return _entry(
        guid=str(number) if isinstance(number, (str, int, float)) else "",
        url=absolute(url, _text(item, "url", "external_url")),
        title=_text(item, "title"),
        summary=html.escape(_text(item, "summary")) or _text(item, "content_html") or as_text,
        picture=absolute(url, _text(item, "image", "banner_image")),
        published_at=sane(moment.astimezone(UTC), now) if moment else None,
    )


def _text(mapping: dict[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := mapping.get(name), str) and value), "")


def _entry(
    *, guid: str, url: str, title: str, summary: str, picture: str, published_at: datetime | None
) -> Entry | None:
    words = plain(summary, 3000)
    named = plain(title, 500).replace("\n", " ") or words.partition("\n")[0][:200] or url
    if not named:
        return None
    return Entry(_identity([guid, url, named]), named, url, words, picture, published_at)


def _identity(candidates: Iterable[str]) -> str:
    chosen = next(text for text in (candidate.strip() for candidate in candidates) if text)
    fits = len(chosen) <= LONGEST_GUID and "\x00" not in chosen
    return chosen if fits else hashlib.sha256(chosen.encode()).hexdigest()


def plain(markup: str, most: int) -> str:
    """Text without any markup, with its paragraphs as lines, cut at a word to `most` characters."""
    broken = _BREAKS.sub("\n", markup.replace("\x00", ""))
    clean = html.unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style", "iframe"}))
    text = _LINES.sub("\n", _BLANKS.sub(" ", clean)).strip()
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
