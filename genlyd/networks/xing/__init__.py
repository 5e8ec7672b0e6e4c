"""XING, by hand-over: its dialog takes a link only."""

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Limit, Network, link_dialog, under_card
from genlyd.networks.domain.counting import code_points

XING = Network(
    key="xing",
    name="XING",
    icon="target",
    limits=(Limit(_("characters"), 10_000, code_points),),
    hand_over=link_dialog("https://www.xing.com/social_plugins/share?url=", "https://www.xing.com/"),
    written=under_card,
    hosts=("xing.com",),
)
