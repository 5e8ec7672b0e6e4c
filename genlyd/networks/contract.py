"""What the rest of Genlyd knows about a network. Pages read only this; each network's folder fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import quote

from django.utils.functional import Promise

from genlyd.networks.domain.outcome import Look, Outcome, Unknown
from genlyd.networks.models import Account
from genlyd.networks.reading import Reader

Text = str | Promise


class SignIn(StrEnum):
    """How a member connects an account."""

    NONE = "none"
    APP_PASSWORD = "app_password"  # noqa: S105  a kind, not a secret


@dataclass(frozen=True)
class Limit:
    """At most `most` of `unit`, counted as the network counts."""

    unit: Text
    most: int
    count: Callable[[str], int]


@dataclass(frozen=True)
class Count:
    unit: Text
    used: int
    most: int

    @property
    def left(self) -> int:
        return self.most - self.used

    @property
    def fits(self) -> bool:
        return self.used <= self.most


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What the network can do through the way out that Genlyd has built for it."""

    picture: bool = True
    card: bool = True
    delete: bool = False
    #: What follows a call whose end nobody saw.
    unknown: Unknown = Unknown.ASK


@dataclass(frozen=True, kw_only=True)
class Preview:
    """How a post looks there; the composer's preview follows it."""

    #: Where the link's card or the picture stands: below the text, or not at all.
    card: bool = True
    #: Characters before the network folds the text behind "more"; 0 when it never does.
    fold_after: int = 0
    #: The card shows the description too.
    card_description: bool = False


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a person wants to post. `link` is their own short link, "" when the story has none."""

    text: str
    link: str = ""
    title: str = ""
    has_picture: bool = False


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """The way out without an API: what to copy, and what to open."""

    text: str
    url: str
    #: What the opened page already holds, so that the person knows what to paste.
    brings_text: bool = False
    brings_link: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    data: bytes
    alt: str
    width: int
    height: int
    mime: str = "image/jpeg"
    #: Where a network can fetch it that takes no uploads; "" when this installation cannot be reached from outside.
    public_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    url: str
    title: str
    description: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What is to be published, complete. `key` and `at` decide the network's marker of it."""

    key: str
    at: Any
    text: str
    #: The delivery's own short link, "" when the story has none. No other post has it: so ours is known again.
    link: str = ""
    language: str = ""
    card: Card | None = None
    picture: Picture | None = None


class Publisher(Protocol):
    """The way out through an API. `send` is called at most once per claim and never repeats by itself."""

    #: Seconds after which a silent network counts as unknown.
    read_timeout: float

    def prepare(
        self, account: Account, parcel: Parcel, done: dict[str, Any], keep: Callable[[], None]
    ) -> None:
        """Fill `done` step by step, calling `keep` after each; a repeat continues. Raises Failed."""

    def request(self, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """The marker (dedup key) and the exact request body, both fixed by what was prepared."""

    def send(self, account: Account, body: Mapping[str, Any]) -> Outcome: ...

    def look(self, account: Account, body: Mapping[str, Any], *, since: datetime, now: datetime) -> Look:
        """Is the post there? Reads from the source, never from an index that lags. Not called with Unknown.ASK.

        `since` is the start of the first attempt whose end nobody saw. ABSENT needs a successful, complete read.
        """

    def delete(self, account: Account, remote_id: str) -> Outcome:
        """Repeatable. PUBLISHED means: the deletion is done."""


class Failed(Exception):
    """A step could not be done. `outcome` says what that means, and whether a byte may have left."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.error or outcome.problem)
        self.outcome = outcome


def ends_with_link(message: Message) -> str:
    """The text with the link below it."""
    return "\n\n".join(part for part in (message.text.strip(), message.link) if part)


def text_alone(message: Message) -> str:
    return message.text.strip()


@dataclass(frozen=True, kw_only=True)
class Network:
    key: str
    name: Text
    #: One of the kept icons (genlyd/ui/icons). Networks' own logos are not ours to redraw.
    icon: str
    limits: tuple[Limit, ...]
    hand_over: Callable[[Message], HandOver]
    #: The text as it will stand in the post: with the link when the network has no other place for it.
    written: Callable[[Message], str] = ends_with_link
    capabilities: Capabilities = field(default_factory=Capabilities)
    preview: Preview = field(default_factory=Preview)
    sign_in: SignIn = SignIn.NONE
    publisher: Publisher | None = None
    #: Reads likes, comments and the like back; None where the network gives nothing without more ado.
    reader: Reader | None = None
    #: How long its terms let us keep what it told about one person; None: as long as the share itself.
    kept_for: timedelta | None = None
    #: Hosts whose addresses are accepted as a permalink; empty means any https address.
    hosts: tuple[str, ...] = ()

    def counts(self, message: Message) -> list[Count]:
        text = self.written(message)
        return [Count(limit.unit, limit.count(text), limit.most) for limit in self.limits]

    @property
    def posts_by_itself(self) -> bool:
        return self.publisher is not None


def under_card(message: Message) -> str:
    """The text where a dialog brings the link. With a picture the link has no card, so it stands in the text."""
    return ends_with_link(message) if message.has_picture else text_alone(message)


def link_dialog(dialog: str, home: str) -> Callable[[Message], HandOver]:
    """The hand-over of a network whose dialog takes a link only: the text is pasted. With a picture `home` opens.

    `dialog` is the address up to where the quoted link belongs.
    """

    def hand_over(message: Message) -> HandOver:
        if message.link and not message.has_picture:
            address = f"{dialog}{quote(message.link, safe='')}"
            return HandOver(text=under_card(message), url=address, brings_link=True)
        return HandOver(text=under_card(message), url=home)

    return hand_over
