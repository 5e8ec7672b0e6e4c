"""What the rest of Genlyd knows about a network. Pages read only this; each network's folder fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from django.utils.functional import Promise

from genlyd.networks.addresses import KNOWN
from genlyd.networks.domain.outcome import Kind, Look, Outcome, Unknown
from genlyd.networks.domain.price import Prices
from genlyd.networks.domain.quota import Quota
from genlyd.networks.models import Account, NetworkApp
from genlyd.networks.reading import Reader

if TYPE_CHECKING:
    from genlyd.people.models import Organisation

Text = str | Promise


class SignIn(StrEnum):
    """How a member connects an account."""

    APP_PASSWORD = "app_password"  # noqa: S105  a kind, not a secret
    #: At the network's own page; Genlyd never sees a password.
    OAUTH = "oauth"


class CardFrom(StrEnum):
    """Who makes the card below a post that has a link."""

    SUPPLIED = "supplied"
    PAGE = "from_page"
    NONE = "none"


class PictureWay(StrEnum):
    UPLOAD = "upload"
    #: The network fetches the picture itself: the installation must be reachable from outside.
    PUBLIC_URL = "public_url"
    NO = "no"


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
    """What the network can do through the way out that Genlyd has built for it (networks.md 4.1)."""

    #: A post may consist of words alone.
    text: bool = True
    card: CardFrom = CardFrom.PAGE
    picture: PictureWay = PictureWay.UPLOAD
    picture_required: bool = False
    #: The narrowest and the widest picture, as width divided by height; None: any.
    picture_shapes: tuple[float, float] | None = None
    #: Published posts: the words can be changed, the post can be taken away.
    edit: bool = False
    delete: bool = False
    # What can be read back. Missing stays missing.
    likes: bool = False
    comments: bool = False
    impressions: bool = False
    followers: bool = False
    unknown: Unknown = Unknown.ASK
    #: How long a connection lasts, said to people; "" when there is none.
    token_life: Text = ""
    #: What the network's owner asks of an organisation before its people can connect.
    approval: Text = ""


@dataclass(frozen=True)
class Documented:
    """One error that the network documents, and what it means here. `source` says where it is documented."""

    status: int
    code: str
    kind: Kind
    problem: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What lets Genlyd act for a person. Only ever stored sealed."""

    access: str
    refresh: str = ""
    #: When `access` ends; None: never, as far as the network says.
    expires_at: datetime | None = None
    #: When the person has to connect again whatever we do; None: never.
    person_by: datetime | None = None
    scopes: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Connected:
    """An account, as the network names it after a sign-in."""

    remote_id: str
    handle: str
    tokens: Tokens
    server: str = ""
    followers: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A sign-in under way: where the person goes now, and what must be known when they return."""

    url: str
    state: str
    keep: dict[str, Any] = field(default_factory=dict)


class Connector(Protocol):
    """Signing in at the network's own page (OAuth 2), and what keeps a connection alive, however it was made."""

    @property
    def asks(self) -> Text:
        """What the person has to say first (the name of their server), "" when nothing."""

    @property
    def allows(self) -> tuple[Text, ...]:
        """What Genlyd will be able to do, in words."""

    def begin(self, *, organisation: Organisation, asked: str, redirect_uri: str) -> Begun:
        """Raises Refused."""

    def finish(
        self,
        *,
        organisation: Organisation,
        keep: dict[str, Any],
        answer: Mapping[str, str],
        redirect_uri: str,
    ) -> Connected:
        """Raises Refused, in words for the person."""

    def renew(self, account: Account, tokens: Tokens) -> Tokens:
        """A new pair. Raises Failed: RECONNECT when only the person can help."""

    def revoke(self, account: Account, tokens: Tokens) -> None:
        """Tell the network. Never raises: whatever it says, Genlyd forgets."""


@dataclass(frozen=True, kw_only=True)
class AppField:
    """Something an administrator enters about the organisation's app at a network."""

    key: str
    label: Text
    help: Text = ""
    secret: bool = False
    default: str = ""
    required: bool = True
    #: Shown as a tick box: "1" when ticked, "" when not.
    switch: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """What a live test of an app found."""

    ok: bool
    message: Text


@dataclass(frozen=True, kw_only=True)
class AppSetup:
    """The organisation's own app at the network: how to get one, what to enter, how to see that it works.

    `client_id` and `client_secret` are always asked for; `fields` are what there is besides.
    """

    portal: str
    steps: tuple[Text, ...]
    check: Callable[[NetworkApp], Check]
    #: What the network calls the two, where it is not "Client ID" and "Client secret".
    id_label: Text = ""
    secret_label: Text = ""
    fields: tuple[AppField, ...] = ()


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
    #: "" when there is nothing to open: the person knows where they want it.
    url: str = ""
    #: The same as HTML, where what it is pasted into takes it.
    html: str = ""
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
    #: The limits of one account, where they are its server's own.
    limits_of: Callable[[Account], tuple[Limit, ...]] | None = None
    hand_over: Callable[[Message], HandOver]
    #: The text as it will stand in the post: with the link when the network has no other place for it.
    written: Callable[[Message], str] = ends_with_link
    capabilities: Capabilities = field(default_factory=Capabilities)
    preview: Preview = field(default_factory=Preview)
    sign_ins: tuple[SignIn, ...] = ()
    connector: Connector | None = None
    #: False: its sign-in page would not accept this installation; people are led to the other way at once.
    can_sign_in: Callable[[], bool] = lambda: True
    #: The name of the page (URL) with another way to connect; "" when there is none.
    other_way: str = ""
    #: None: the network asks nothing of the organisation before its people connect.
    app: AppSetup | None = None
    publisher: Publisher | None = None
    #: Reads likes, comments and the like back; None where the network gives nothing without more ado.
    reader: Reader | None = None
    #: How long its terms let us keep what it told about one person; None: as long as the share itself.
    kept_for: timedelta | None = None
    #: Origins by key; the setting GENLYD_NETWORK_ADDRESSES may move each.
    addresses: Mapping[str, str] = field(default_factory=dict)
    #: A wall of one's own inside Genlyd: connects by itself, is seen by nobody else, counts nowhere.
    practice: bool = False
    #: Posts there have an address of their own, which a person can tell us.
    permalinks: bool = True
    #: Hosts whose addresses are accepted as a permalink; empty means any https address.
    hosts: tuple[str, ...] = ()
    #: What a person is told for this network's own problem keys; the general ones are in sharing.words.
    problems: Mapping[str, Text] = field(default_factory=dict)
    errors: tuple[Documented, ...] = ()
    #: What the network's terms ask of us and of people, and what posting costs.
    policy: tuple[Text, ...] = ()
    cost: Text = ""
    #: An administrator has to want it: costs money or carries risks.
    off_by_default: bool = False
    #: What the network allows of calls; networks.quotas counts them.
    quotas: tuple[Quota, ...] = ()
    #: What the network charges; networks.budget keeps within what the organisation allows.
    prices: Prices | None = None
    #: From this likeness on (0 to 1, rules.domain.likeness) a text is a colleague's post about the same story said
    #: again, and refused. None: the network does not mind.
    most_alike: float | None = None
    #: Posts of one story that many colleagues plan for the same minute go out within this time instead of at once.
    spread: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        KNOWN.update(self.addresses)
        MADE.setdefault(self.key, self)

    def counts(self, message: Message, account: Account | None = None) -> list[Count]:
        """As the network counts; with an account as its own server counts."""
        text = self.written(message)
        limits = self.limits_of(account) if self.limits_of and account else self.limits
        return [Count(limit.unit, limit.count(text), limit.most) for limit in limits]

    @property
    def posts_by_itself(self) -> bool:
        return self.publisher is not None


#: Every network there is, by key, for what adapters use: they must not know the registry, which is made of them.
MADE: dict[str, Network] = {}


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
