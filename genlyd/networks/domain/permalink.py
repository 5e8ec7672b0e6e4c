"""Recognising the address of a post that a person pastes, and what it is instead if it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LONGEST = 990


class Seen(StrEnum):
    POST = "post"
    #: Whose page it is, but not the post.
    PROFILE = "profile"
    #: The network's start page, or what one sees there now.
    FEED = "feed"
    #: On the network, and not a post that we know.
    UNKNOWN = "unknown"
    #: Not on this network at all.
    ELSEWHERE = "elsewhere"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Recognised:
    seen: Seen
    #: Of a post: its address without what tracks the visitor, and the network's own id as far as it tells one.
    url: str = ""
    remote_id: str = ""


class Shapes(NamedTuple):
    """A network's addresses. Each shape is matched against path and, behind a "?", the query it keeps."""

    hosts: tuple[str, ...]
    #: With a group `id`, or without where the address tells none.
    posts: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    feeds: tuple[str, ...] = (r"/",)
    #: Names in the query that belong to the address.
    keeps: tuple[str, ...] = ()


_NAME = r"[^/?]+"
SHAPES: Mapping[str, Shapes] = {
    "linkedin": Shapes(
        hosts=("linkedin.com", "lnkd.in"),
        posts=(
            r"(?:/embed)?/feed/update/(?P<id>urn:li:(?:activity|share|ugcPost):\d+)/?",
            r"/posts/[^/?]*?-(?P<kind>activity|share|ugcPost)-(?P<id>\d+)(?:-[\w-]+)?/?",
            r"/[pd]/?[\w-]{6,}/?",  # lnkd.in: shortened, and tells nothing
        ),
        profiles=(rf"/(?:in|company|school|showcase)/{_NAME}(?:/.*)?",),
        feeds=(r"/", r"/feed/?", r"/feed/(?:following|hashtag).*"),
    ),
    "x": Shapes(
        hosts=("x.com", "twitter.com"),
        posts=(r"/(?:i/web|i|\w{1,15})/status(?:es)?/(?P<id>\d+)(?:/.*)?",),
        profiles=(r"/(?!home|explore|i$|search|notifications|messages|settings)\w{1,15}(?:/\w+)?/?",),
        feeds=(r"/", r"/(?:home|explore|notifications)/?"),
    ),
    "facebook": Shapes(
        hosts=("facebook.com", "fb.com", "fb.watch"),
        posts=(
            rf"/{_NAME}/posts/(?:{_NAME}/)?(?P<id>pfbid\w+|\d+)/?",
            r"/(?:permalink|story)\.php\?(?:.*&)?story_fbid=(?P<id>pfbid\w+|\d+).*",
            r"/photo(?:\.php|/)?\?(?:.*&)?fbid=(?P<id>\d+).*",
            rf"/{_NAME}/photos/(?:.+/)?(?P<id>\d+)/?",
            rf"/groups/{_NAME}/(?:posts|permalink)/(?P<id>\d+)/?",
            rf"/(?:reel|{_NAME}/videos)/(?:{_NAME}/)?(?P<id>\d+)/?",
            r"/watch/?\?(?:.*&)?v=(?P<id>\d+).*",
            r"/share/(?:[pvr]/)?\w{6,}/?",
        ),
        profiles=(r"/profile\.php\?.*", r"/(?!home|watch|groups|share|photo)[\w.]+/?", r"/people/.*"),
        feeds=(r"/", r"/home(?:\.php)?/?", r"/(?:watch|groups|marketplace)/?"),
        keeps=("story_fbid", "fbid", "id", "v", "set"),
    ),
    "instagram": Shapes(
        hosts=("instagram.com",),
        posts=(r"/(?:[\w.]+/)?(?:p|reel|tv)/(?P<id>[\w-]+)/?", r"/share/(?:p/|reel/)?[\w-]+/?"),
        profiles=(r"/(?!explore|reels|direct|p/|reel/)[\w.]+/?",),
        feeds=(r"/", r"/(?:explore|reels|direct).*"),
    ),
    "threads": Shapes(
        hosts=("threads.com", "threads.net"),
        posts=(r"/@[\w.]+/post/(?P<id>[\w-]+)/?", r"/t/(?P<id>[\w-]+)/?"),
        profiles=(r"/@[\w.]+(?:/replies|/reposts)?/?",),
        feeds=(r"/", r"/(?:for_you|following|search|activity).*"),
    ),
    "bluesky": Shapes(
        hosts=("bsky.app",),
        posts=(r"/profile/(?P<id>(?:did:[a-z]+:[\w.:%-]+|[\w.-]+)/post/[a-z0-9]+)/?",),
        profiles=(rf"/profile/{_NAME}/?",),
        feeds=(r"/", r"/(?:feeds|notifications|search|messages).*"),
    ),
    # Any server may be one.
    "mastodon": Shapes(
        hosts=(),
        posts=(
            r"(?:/web)?/@[\w.-]+(?:@[\w.:-]+)?/(?:statuses/)?(?P<id>[0-9A-Z]{6,40}|\d+)/?",
            r"/users/[\w.-]+/statuses/(?P<id>\w+)/?",
            r"/(?:web/statuses|notice|notes|objects|p/[\w.-]+)/(?P<id>[\w-]+)/?",
        ),
        profiles=(r"(?:/web)?/(?:@|users/)[\w.@:-]+(?:/(?:with_replies|media|followers|following))?/?",),
        feeds=(r"/", r"/(?:home|deck|public|explore|getting-started|notifications|web/home).*"),
    ),
    "xing": Shapes(
        hosts=("xing.com",),
        posts=(
            r"/discover/detail-activities/(?P<id>[\w.%:-]+)/?",
            r"/(?:feed/posts|posts|status)/(?P<id>[\w.%:-]+)/?",
        ),
        profiles=(rf"/(?:profile|pages|companies)/{_NAME}(?:/.*)?",),
        feeds=(r"/", r"/(?:discover|feed|home)(?:/(?!detail-).*)?/?"),
    ),
}  # fmt: skip


def is_permalink(url: str, hosts: tuple[str, ...]) -> bool:
    """An https address below one of the hosts (any host if none is named), and more than a front page."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme != "https" or not host or len(parts.path.strip("/")) == 0:
        return False
    return not hosts or _below(host, hosts)


def recognise(network: str, pasted: str) -> Recognised:
    """What an address is, seen from a network. One whose addresses we do not know takes any https address."""
    parts = _taken_apart(pasted)
    if parts is None:
        return Recognised(Seen.UNREADABLE)
    shapes = SHAPES.get(network)
    if shapes is None:
        secure = parts.scheme == "https"
        return Recognised(Seen.POST, url=parts.geturl()) if secure else Recognised(Seen.UNREADABLE)
    if shapes.hosts and not _below(_host(parts), shapes.hosts):
        return Recognised(Seen.ELSEWHERE)
    query = _kept(parts.query, shapes.keeps)
    tail = f"?{query}" if query else ""
    plain = unquote(parts.path or "/") + tail
    for shape in shapes.posts:
        if found := re.fullmatch(shape, plain):
            url = f"https://{parts.netloc.lower()}{parts.path}{tail}"
            return Recognised(Seen.POST, url=url, remote_id=_id(network, _host(parts), found))
    others = ((Seen.FEED, shapes.feeds), (Seen.PROFILE, shapes.profiles))
    seen = (one for one, known in others if any(re.fullmatch(shape, plain) for shape in known))
    return Recognised(next(seen, Seen.UNKNOWN))


def _taken_apart(pasted: str) -> SplitResult | None:
    address = pasted.strip().strip("<>\"'").replace("\u200b", "")
    if "://" not in address and re.match(r"[\w-]+(\.[\w-]+)+/", address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host, _port = _host(parts), parts.port
    except ValueError:
        return None
    sound = parts.scheme in {"https", "http"} and "." in host and not parts.username
    return parts if sound and address.isprintable() and len(address) <= LONGEST else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").lower().rstrip(".")


def _below(host: str, hosts: tuple[str, ...]) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in hosts)


def _kept(query: str, names: tuple[str, ...]) -> str:
    """The query without what only tracks the visitor. Values are those of ids: anything else is left out."""
    values = parse_qs(query)
    kept = [(name, values[name][0]) for name in names if name in values]
    return "&".join(f"{name}={value}" for name, value in kept if re.fullmatch(r"[\w.-]+", value))


def _id(network: str, host: str, found: re.Match[str]) -> str:
    """The network's own id, in the form in which its API names it."""
    groups = found.groupdict()
    told = groups.get("id") or ""
    if network == "linkedin" and groups.get("kind"):
        return f"urn:li:{groups['kind']}:{told}"
    if network == "bluesky" and told:
        who, _, key = told.partition("/post/")
        return f"at://{who}/app.bsky.feed.post/{key}"
    if network == "mastodon" and told:
        # Servers number for themselves; the same number on another is another post.
        return f"{told}@{host}"
    return told
