"""XING, by hand-over: its dialog takes a link only."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    HandOver,
    Limit,
    Message,
    Network,
    ends_with_link,
    text_alone,
)
from genlyd.networks.domain.counting import code_points


def written(message: Message) -> str:
    return ends_with_link(message) if message.has_picture else text_alone(message)


def hand_over(message: Message) -> HandOver:
    if message.link and not message.has_picture:
        address = f"https://www.xing.com/social_plugins/share?url={quote(message.link, safe='')}"
        return HandOver(text=written(message), url=address, brings_link=True)
    return HandOver(text=written(message), url="https://www.xing.com/")


XING = Network(
    key="xing",
    name="XING",
    icon="target",
    limits=(Limit(_("characters"), 10_000, code_points),),
    hand_over=hand_over,
    written=written,
    hosts=("xing.com",),
)
