"""Bluesky: posts by itself once connected, at its own page or with an app password; by hand-over without an account."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.bluesky import endpoints, session
from genlyd.networks.bluesky.documented import ERRORS
from genlyd.networks.bluesky.limits import QUOTAS
from genlyd.networks.bluesky.publisher import BlueskyPublisher
from genlyd.networks.bluesky.reader import APPVIEW, BlueskyReader
from genlyd.networks.contract import (
    Capabilities,
    CardFrom,
    HandOver,
    Limit,
    Message,
    Network,
    Preview,
    SignIn,
    ends_with_link,
    text_alone,
)
from genlyd.networks.domain.counting import graphemes, utf8_bytes
from genlyd.networks.domain.outcome import Unknown


def written(message: Message) -> str:
    """A post has either a card or pictures; with a picture the link stands in the text."""
    return ends_with_link(message) if message.has_picture else text_alone(message)


def hand_over(message: Message) -> HandOver:
    address = f"https://bsky.app/intent/compose?{urlencode({'text': ends_with_link(message)})}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


BLUESKY = Network(
    key="bluesky",
    name="Bluesky",
    icon="globe",
    limits=(Limit(_("characters"), 300, graphemes), Limit(_("bytes"), 3000, utf8_bytes)),
    hand_over=hand_over,
    written=written,
    capabilities=Capabilities(
        card=CardFrom.SUPPLIED,
        delete=True,
        likes=True,
        comments=True,
        followers=True,
        unknown=Unknown.LOOK,
        token_life=_("2 years, renewed by itself"),
    ),
    preview=Preview(card_description=True),
    sign_ins=(SignIn.OAUTH, SignIn.APP_PASSWORD),
    connector=session.CONNECTOR,
    can_sign_in=endpoints.can_sign_in,
    other_way="networks:bluesky_app_password",
    addresses={
        # The directory of did:plc.
        "bluesky.plc": "https://plc.directory",
        # A server that resolves handles for us; empty: the handle's own domain says whose it is.
        "bluesky.handles": "",
        # Counts what is public, and answers anybody.
        APPVIEW: "https://public.api.bsky.app",
    },
    publisher=BlueskyPublisher(),
    reader=BlueskyReader(),
    hosts=("bsky.app",),
    errors=ERRORS,
    policy=(
        _("Bluesky asks nothing of an organisation: no app, no approval. People connect their own accounts."),
    ),
    cost=_("Free."),
    quotas=QUOTAS,
)
