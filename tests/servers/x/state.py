"""What the double knows: people, tokens, pictures, posts, and the money its app has left. All of it in memory."""

from __future__ import annotations

import html
import secrets
import time
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from tests.servers.x.rules import Address, find, units

SCOPES = frozenset(
    """tweet.read tweet.write tweet.moderate.write users.email users.read follows.read follows.write offline.access
    space.read mute.read mute.write like.read like.write list.read list.write block.read block.write bookmark.read
    bookmark.write dm.read dm.write media.write""".split()  # noqa: SIM905  a list one can compare with X's
)
CODE_SECONDS = 30
TOKEN_SECONDS = 7200
MEDIA_SECONDS = 86_400
#: Below 30 days; then the figures that only the author sees are gone.
PRIVATE_FIGURES_SECONDS = 30 * 86_400
#: What X charges, in thousandths of a dollar.
PRICE, PRICE_WITH_ADDRESS, PRICE_METADATA, PRICE_READ, PRICE_USER = 15, 200, 5, 5, 10
WINDOW_SECONDS = 900


@dataclass
class Person:
    id: str
    username: str
    name: str
    followers: int = 12


@dataclass
class Token:
    access: str
    refresh: str
    person: str
    scopes: tuple[str, ...]
    born: float
    expired: bool = False
    revoked: bool = False
    #: A refresh token works once.
    spent: bool = False


@dataclass
class Media:
    id: str
    person: str
    size: int
    born: float
    alt: str = ""


@dataclass
class Post:
    id: str
    person: str
    #: As it was sent, and as X gives it back: addresses wrapped, signs escaped, pictures as an address at the end.
    sent: str
    text: str
    urls: list[dict[str, Any]]
    media: tuple[str, ...]
    born: float
    figures: dict[str, int] = field(default_factory=dict)


@dataclass
class Refusal:
    """The next `times` calls to `path` are answered with this; with `after` the call is carried out first."""

    path: str
    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False


@dataclass
class State:
    client_id: str = "Z2VubHlk"
    client_secret: str = "the-secret-of-the-app"
    redirect_uris: tuple[str, ...] = ()
    #: Whoever is signed in at X in the browser that comes to the authorisation page, and what they answer.
    signed_in: str = ""
    consents: bool = True
    #: Seconds by which the double's clock is ahead, and by which the timeline is behind.
    ahead: float = 0.0
    lag: float = 0.0
    #: Credits left, in thousandths of a dollar.
    credits: int = 1_000_000
    posts_in_window: int = 100
    people: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    calls: dict[str, list[float]] = field(default_factory=dict)
    number: int = 1_900_000_000_000_000_000

    def now(self) -> float:
        return time.time() + self.ahead

    def next_id(self) -> str:
        self.number += 1
        return str(self.number)

    def person(self, name: str, followers: int = 12) -> Person:
        one = Person(
            self.next_id(), "".join(c for c in name if c.isalnum() or c == "_")[:15], name, followers
        )
        self.people[one.id] = one
        return one

    def token(self, person: str, scopes: tuple[str, ...]) -> Token:
        one = Token(secrets.token_urlsafe(40), secrets.token_urlsafe(40), person, scopes, self.now())
        self.tokens.append(one)
        return one

    def is_good(self, token: Token) -> bool:
        return not (token.expired or token.revoked) and self.now() - token.born < TOKEN_SECONDS

    def post(self, person: str, text: str, media: tuple[str, ...]) -> Post:
        number = self.next_id()
        written, urls = _wrapped(unicodedata.normalize("NFC", text).strip())
        if media:
            picture = {"url": f"https://t.co/{secrets.token_hex(5)}", "media_key": f"3_{media[0]}"}
            picture["expanded_url"] = f"https://x.com/{self.people[person].username}/status/{number}/photo/1"
            written = f"{written} {picture['url']}".strip()
            urls.append(_placed(picture, written, len(written) - len(picture["url"])))
        one = Post(number, person, text, html.escape(written, quote=False), urls, media, self.now())
        self.posts[number] = one
        return one

    def charge(self, price: int) -> bool:
        """X stops at nought, and lets the last call go below it."""
        if self.credits <= 0:
            return False
        self.credits -= price
        return True


def _placed(url: dict[str, Any], text: str, start: int) -> dict[str, Any]:
    return {"start": start, "end": start + len(url["url"]), **url}


def _wrapped(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Every address becomes one of t.co; `expanded_url` keeps what it was, with https:// where that was left out."""
    seen, urls, last = units(text), [], 0
    parts: list[str] = []
    for found in find(seen):
        short = {"url": f"https://t.co/{secrets.token_hex(5)}", "expanded_url": _full(found)}
        short["display_url"] = short["expanded_url"].partition("://")[2]
        parts += [seen[last : found.start], short["url"]]
        urls.append(_placed(short, "", sum(len(part) for part in parts[:-1])))
        last = found.end
    written = "".join([*parts, seen[last:]])
    return written.encode("utf-16", "surrogatepass").decode("utf-16"), urls


def _full(found: Address) -> str:
    return found.url if "://" in found.url else f"http://{found.url}"
