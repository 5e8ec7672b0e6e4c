"""Mastodon and its relatives: posts by itself through the person's own server, and by hand-over without."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    Capabilities,
    CardFrom,
    HandOver,
    Limit,
    Message,
    Network,
    Preview,
    SignIn,
    Unknown,
    ends_with_link,
)
from genlyd.networks.domain.counting import mastodon_length
from genlyd.networks.mastodon.connector import CONNECTOR
from genlyd.networks.mastodon.documented import ERRORS
from genlyd.networks.mastodon.domain import allowed
from genlyd.networks.mastodon.limits import QUOTAS
from genlyd.networks.mastodon.publisher import MastodonPublisher
from genlyd.networks.mastodon.reader import MastodonReader
from genlyd.networks.models import Account


def hand_over(message: Message) -> HandOver:
    # The project's own page asks for the person's server and passes the text on.
    address = f"https://share.joinmastodon.org/#{urlencode({'text': ends_with_link(message)})}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


def own_limits(account: Account) -> tuple[Limit, ...]:
    mine = allowed.stored(account.options)
    return (Limit(_("characters"), mine.characters, partial(mastodon_length, url_weight=mine.url)),)


MASTODON = Network(
    key="mastodon",
    name="Mastodon",
    icon="message-circle",
    limits=(Limit(_("characters"), allowed.CHARACTERS, mastodon_length),),
    limits_of=own_limits,
    hand_over=hand_over,
    capabilities=Capabilities(
        card=CardFrom.PAGE,
        delete=True,
        likes=True,
        comments=True,
        followers=True,
        unknown=Unknown.REPEAT,
        token_life=_("Does not end"),
    ),
    preview=Preview(card_description=True),
    sign_ins=(SignIn.OAUTH,),
    connector=CONNECTOR,
    publisher=MastodonPublisher(),
    quotas=QUOTAS,
    reader=MastodonReader(),
    problems={
        "mastodon_scope": _("Your server says that Genlyd may not do this. Connect Mastodon again."),
        "mastodon_forbidden": _(
            "Your server did not allow the post. Sign in there and see whether your account is limited."
        ),
    },
    errors=ERRORS,
)
