"""Practice: a wall inside Genlyd that only its author sees. The same way as to a network, and it counts nowhere."""

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    Capabilities,
    CardFrom,
    HandOver,
    Limit,
    Message,
    Network,
    Preview,
    Unknown,
    ends_with_link,
)
from genlyd.networks.domain.counting import code_points
from genlyd.networks.practice.publisher import PracticePublisher


def hand_over(message: Message) -> HandOver:
    return HandOver(text=ends_with_link(message))


PRACTICE = Network(
    key="practice",
    name=_("Practice"),
    icon="sparkles",
    limits=(Limit(_("characters"), 3000, code_points),),
    hand_over=hand_over,
    capabilities=Capabilities(
        card=CardFrom.SUPPLIED, delete=True, unknown=Unknown.LOOK, token_life=_("Does not end")
    ),
    preview=Preview(fold_after=210),
    publisher=PracticePublisher(),
    practice=True,
)
