"""Mastodon, by hand-over to the person's own server."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, ends_with_link
from genlyd.networks.domain.counting import mastodon_length
from genlyd.networks.mastodon.limits import QUOTAS


def hand_over(message: Message) -> HandOver:
    # The project's own page asks for the person's server and passes the text on.
    address = f"https://share.joinmastodon.org/#{urlencode({'text': ends_with_link(message)})}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


MASTODON = Network(
    key="mastodon",
    name="Mastodon",
    icon="message-circle",
    limits=(Limit(_("characters"), 500, mastodon_length),),
    hand_over=hand_over,
    quotas=QUOTAS,
)
