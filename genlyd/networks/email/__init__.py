"""E-mail: a message to people one knows, in one's own mail program."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, ends_with_link
from genlyd.networks.domain.counting import code_points


def hand_over(message: Message) -> HandOver:
    body = quote(ends_with_link(message).replace("\n", "\r\n"), safe="")
    address = f"mailto:?subject={quote(message.title, safe='')}&body={body}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


EMAIL = Network(
    key="email",
    name=_("E-mail"),
    icon="mail",
    limits=(Limit(_("characters"), 100_000, code_points),),
    hand_over=hand_over,
    permalinks=False,
)
