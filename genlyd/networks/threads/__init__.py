"""Threads, by hand-over: its intent takes text and link."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, ends_with_link
from genlyd.networks.domain.counting import threads_length
from genlyd.networks.threads.limits import QUOTAS


def hand_over(message: Message) -> HandOver:
    query = {"text": message.text.strip()} | ({"url": message.link} if message.link else {})
    address = f"https://www.threads.com/intent/post?{urlencode(query)}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


THREADS = Network(
    key="threads",
    name="Threads",
    icon="quote",
    limits=(Limit(_("characters"), 500, threads_length),),
    hand_over=hand_over,
    hosts=("threads.com", "threads.net"),
    quotas=QUOTAS,
)
