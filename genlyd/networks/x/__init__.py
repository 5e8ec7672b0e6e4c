"""X, by hand-over: its intent takes text and link. Its API costs money per post and is opt-in, later."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, ends_with_link
from genlyd.networks.x.domain.counting import MOST, weight
from genlyd.networks.x.limits import QUOTAS, SPREAD


def hand_over(message: Message) -> HandOver:
    query = {"text": message.text.strip()} | ({"url": message.link} if message.link else {})
    address = f"https://x.com/intent/tweet?{urlencode(query)}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


X = Network(
    key="x",
    name="X",
    icon="hash",
    limits=(Limit(_("characters"), MOST, weight),),
    hand_over=hand_over,
    hosts=("x.com", "twitter.com"),
    quotas=QUOTAS,
    spread=SPREAD,
)
