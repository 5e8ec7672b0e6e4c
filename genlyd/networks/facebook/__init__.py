"""Facebook profiles have no API; the share dialog takes a link only, and prefilling text is not allowed."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    HandOver,
    Limit,
    Message,
    Network,
    Preview,
    ends_with_link,
    text_alone,
)
from genlyd.networks.domain.counting import utf16_units


def written(message: Message) -> str:
    return ends_with_link(message) if message.has_picture else text_alone(message)


def hand_over(message: Message) -> HandOver:
    if message.link and not message.has_picture:
        address = f"https://www.facebook.com/sharer/sharer.php?u={quote(message.link, safe='')}"
        return HandOver(text=written(message), url=address, brings_link=True)
    return HandOver(text=written(message), url="https://www.facebook.com/")


FACEBOOK = Network(
    key="facebook",
    name="Facebook",
    icon="users",
    limits=(Limit(_("characters"), 63_206, utf16_units),),
    hand_over=hand_over,
    written=written,
    preview=Preview(fold_after=477, card_description=True),
    hosts=("facebook.com", "fb.com"),
)
