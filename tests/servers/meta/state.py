"""What a double of a Meta network remembers. All of it in memory, gone with the process."""

from __future__ import annotations

import itertools
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

DAY = 86_400
SHORT, LONG = 3600, 60 * DAY


@dataclass
class User:
    number: str
    name: str
    followers: int = 0
    quota_total: int = 250


@dataclass
class Token:
    value: str
    user: str
    scopes: tuple[str, ...]
    long: bool
    issued: float
    expires: float
    withdrawn: bool = False


@dataclass
class Code:
    user: str
    redirect_uri: str
    scopes: tuple[str, ...]
    issued: float


@dataclass
class Container:
    number: str
    user: str
    fields: dict[str, str]
    made: float
    #: When it will be ready; Meta needs a while for pictures.
    ready: float
    picture: bytes = b""
    error: str = ""
    media: str = ""


@dataclass
class Media:
    number: str
    user: str
    container: Container
    at: float
    metrics: dict[str, int] = field(default_factory=dict)


@dataclass
class Answer:
    """What the next call whose path ends so is told. `after`: what was asked for is done nevertheless."""

    path: str
    status: int
    body: Any
    after: bool
    times: int


class State:
    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.codes: dict[str, Code] = {}
        self.containers: dict[str, Container] = {}
        self.media: dict[str, Media] = {}
        self.fetched: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.answers: list[Answer] = []
        #: Seconds by which this clock is ahead, and how long a picture is in the making.
        self.ahead, self.processing = 0.0, 0.0
        #: A publication shows in the list only after this many seconds.
        self.list_lag = 0.0
        self._numbers = itertools.count(17_900_000_000_000_000)

    def now(self) -> float:
        return time.time() + self.ahead

    def number(self) -> str:
        return str(next(self._numbers))

    def add_user(self, name: str, followers: int = 0) -> User:
        user = User(self.number(), name, followers)
        self.users[user.number] = user
        return user

    def add_token(self, user: str, scopes: tuple[str, ...], *, long: bool) -> Token:
        now = self.now()
        token = Token(secrets.token_hex(20), user, scopes, long, now, now + (LONG if long else SHORT))
        self.tokens[token.value] = token
        return token

    def status_of(self, container: Container) -> str:
        now = self.now()
        if container.media:
            return "PUBLISHED"
        if container.error:
            return "ERROR"
        if now > container.made + DAY:
            return "EXPIRED"
        return "IN_PROGRESS" if now < container.ready else "FINISHED"

    def posts_of(self, user: str) -> list[Media]:
        """The newest first."""
        mine = [media for media in self.media.values() if media.user == user]
        return sorted(mine, key=lambda media: (media.at, media.number), reverse=True)

    def published_within_a_day(self, user: str) -> int:
        # Meta counts what was published, also when it has been deleted since.
        since = self.now() - DAY
        return sum(
            1 for one in self.containers.values() if one.user == user and one.media and one.made > since
        )
