"""What a network can do, in words: for administrators' pages and for the reference. Made from its Capabilities."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import CardFrom, Network, PictureWay
from genlyd.networks.domain.outcome import Unknown

Words = str | Promise
YES, NO, BY_HAND = _("Yes"), _("No"), _("By hand")

CARDS: dict[CardFrom, Words] = {
    CardFrom.SUPPLIED: _("Yes, Genlyd makes it"),
    CardFrom.PAGE: _("Yes, from the page's own tags"),
    CardFrom.NONE: NO,
}
PICTURES: dict[PictureWay, Words] = {
    PictureWay.UPLOAD: YES,
    PictureWay.PUBLIC_URL: _("Yes, if the network can reach this installation from outside"),
    PictureWay.NO: NO,
}
UNKNOWNS: dict[Unknown, Words] = {
    Unknown.LOOK: _("Genlyd looks whether the post is there"),
    Unknown.REPEAT: _("Genlyd looks, and may repeat the same post safely"),
    Unknown.ASK: _("Genlyd asks the person, and never guesses"),
}


def _yes(value: bool) -> Words:  # noqa: FBT001  one ability
    return YES if value else NO


def abilities(network: Network) -> list[tuple[Words, Words]]:
    """(What, how) in the order of the reference table; the same rows for every network."""
    can = network.capabilities
    by_itself = network.posts_by_itself
    picture = _("Yes, and it must have one") if can.picture_required else PICTURES[can.picture]
    return [
        (_("Posts by itself"), YES if by_itself else BY_HAND),
        (_("Words alone"), (_yes(can.text)) if by_itself else BY_HAND),
        (_("Card for the link"), CARDS[can.card]),
        (_("Picture"), picture if by_itself else BY_HAND),
        (_("Planned posts"), YES if by_itself else _("A reminder at the time")),
        (_("Change a post that is out"), _yes(can.edit)),
        (_("Delete a post that is out"), _yes(can.delete)),
        (_("Likes read back"), _yes(can.likes)),
        (_("Comments read back"), _yes(can.comments)),
        (_("Impressions read back"), _yes(can.impressions)),
        (_("Followers read back"), _yes(can.followers)),
        (
            _("When the end of a call was not seen"),
            UNKNOWNS[can.unknown] if by_itself else _("The person says"),
        ),
        (_("A connection lasts"), can.token_life or "–"),
        (_("The network asks for"), can.approval or "–"),
    ]
