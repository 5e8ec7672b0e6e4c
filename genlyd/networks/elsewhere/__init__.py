"""Anywhere else: an intranet, a newsletter, a forum, a club's page. Words and link to take along."""

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, Preview, ends_with_link
from genlyd.networks.domain.counting import code_points


def hand_over(message: Message) -> HandOver:
    return HandOver(text=ends_with_link(message))


ELSEWHERE = Network(
    key="elsewhere",
    name=_("Somewhere else"),
    icon="map-pin",
    limits=(Limit(_("characters"), 100_000, code_points),),
    hand_over=hand_over,
    preview=Preview(card=False),
)
