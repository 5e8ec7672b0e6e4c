"""WhatsApp: to people one knows, by hand-over."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, ends_with_link
from genlyd.networks.domain.counting import code_points


def hand_over(message: Message) -> HandOver:
    address = f"https://wa.me/?{urlencode({'text': ends_with_link(message)})}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


WHATSAPP = Network(
    key="whatsapp",
    name="WhatsApp",
    icon="smartphone",
    limits=(Limit(_("characters"), 65_536, code_points),),
    hand_over=hand_over,
    permalinks=False,
)
