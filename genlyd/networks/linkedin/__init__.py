"""LinkedIn, by hand-over: its dialog takes a link only, so the text is pasted."""

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Limit, Network, Preview, link_dialog, under_card
from genlyd.networks.domain.counting import utf16_units
from genlyd.networks.linkedin.limits import QUOTAS, SPREAD

LINKEDIN = Network(
    key="linkedin",
    name="LinkedIn",
    icon="building-2",
    limits=(Limit(_("characters"), 3000, utf16_units),),
    hand_over=link_dialog(
        "https://www.linkedin.com/sharing/share-offsite/?url=", "https://www.linkedin.com/feed/"
    ),
    written=under_card,
    preview=Preview(fold_after=210),
    hosts=("linkedin.com", "lnkd.in"),
    quotas=QUOTAS,
    spread=SPREAD,
)
