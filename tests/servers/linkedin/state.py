"""What the double remembers. Everything is in memory and gone with the process."""

from __future__ import annotations

import itertools
import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Any

MEMBER_SCOPES = ("openid", "profile", "email", "w_member_social")
VETTED_SCOPES = ("r_member_postAnalytics", "r_member_profileAnalytics")
SIXTY_DAYS = 60 * 24 * 3600


@dataclass
class Person:
    sub: str
    name: str
    email: str
    followers: int = 120


@dataclass
class Token:
    sub: str
    scopes: tuple[str, ...]
    born: float
    expires: float
    revoked: bool = False


@dataclass
class Post:
    urn: str
    author: str
    #: As it was sent, and as a reader sees it.
    commentary: str
    text: str
    content: dict[str, Any]
    live: bool = True
    figures: dict[str, int] = field(default_factory=dict)


@dataclass
class Image:
    urn: str
    owner: str
    uploaded: float | None = None
    size: int = 0


@dataclass
class State:
    client_id: str = "genlyd-client"
    client_secret: str = "genlyd-secret"
    redirect_uris: tuple[str, ...] = ()
    #: The first and the last version that is served, as YYYYMM.
    oldest_version: str = "202512"
    newest_version: str = "202611"
    #: The app has the vetted product (Community Management API).
    vetted: bool = False
    #: A new token answers 401 for this long.
    fresh_seconds: float = 0.0
    #: An uploaded image cannot be used for this long.
    processing_seconds: float = 0.0
    #: The next so many posts are called duplicates of a post that does not exist.
    ghosts: int = 0
    #: Requests a member may make in a day.
    daily: int = 150
    #: Who sits in front of the browser, and whether they say yes.
    signed_in: str = ""
    consents: bool = True
    #: Statuses the next calls below /rest/ answer, whatever they ask: [429, 503].
    answers: list[int] = field(default_factory=list)
    latency: float = 0.0
    people: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    requests: dict[str, int] = field(default_factory=dict)
    calls: int = 0
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def new_id(self) -> int:
        """As LinkedIn's: the time in milliseconds above 22 bits of counting."""
        return (int(time.time() * 1000) << 22) | (next(self.numbers) & 0x3FFFFF)

    def person(self, name: str, sub: str = "", **fields: Any) -> Person:
        sub = sub or secrets.token_urlsafe(7).replace("-", "x").replace("_", "y")
        one = Person(sub, name, fields.pop("email", f"{sub.lower()}@fjordkraft.example"), **fields)
        self.people[sub] = one
        return one

    def token(self, sub: str, scopes: tuple[str, ...], *, lasts: float = SIXTY_DAYS, age: float = 0.0) -> str:
        value, now = f"AQX{secrets.token_urlsafe(120)}", time.time()
        self.tokens[value] = Token(sub, scopes, now - age, now - age + lasts)
        return value

    def listed(self, sub: str = "") -> list[dict[str, Any]]:
        author = f"urn:li:person:{sub}"
        return [asdict(post) for post in self.posts.values() if not sub or post.author == author]
