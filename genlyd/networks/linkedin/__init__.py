"""LinkedIn, by hand-over: its dialog takes a link only, so the text is pasted."""

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
    """With a picture the link has no card, so it stands in the text."""
    return ends_with_link(message) if message.has_picture else text_alone(message)


def hand_over(message: Message) -> HandOver:
    if message.link and not message.has_picture:
        address = f"https://www.linkedin.com/sharing/share-offsite/?url={quote(message.link, safe='')}"
        return HandOver(text=written(message), url=address, brings_link=True)
    return HandOver(text=written(message), url="https://www.linkedin.com/feed/")


LINKEDIN = Network(
    key="linkedin",
    name="LinkedIn",
    icon="building-2",
    limits=(Limit(_("characters"), 3000, utf16_units),),
    hand_over=hand_over,
    written=written,
    preview=Preview(fold_after=210),
    hosts=("linkedin.com", "lnkd.in"),
)
