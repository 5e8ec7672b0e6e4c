"""What links outside shares are made for: periods. Links know none; the area that does says what there is.

    @offers
    def periods(asker: Member, kept: int | None) -> list[Purpose]: ...

A link keeps the number (`Link.made_for`) and nothing else, so it follows nobody's name and outlives what it was for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from genlyd.base.errors import Refused
from genlyd.links.models import Link
from genlyd.people.models import Member


@dataclass(frozen=True)
class Purpose:
    pk: int
    name: str


#: Those that the asker may choose, in their order, and the one that a link has already (`kept`), over or not.
Offer = Callable[[Member, int | None], list[Purpose]]
_offers: list[Offer] = []


def offers(offer: Offer) -> Offer:
    """Called once, while the areas above get ready."""
    _offers.append(offer)
    return offer


def purposes_for(asker: Member, kept: int | None = None) -> list[Purpose]:
    return [purpose for offer in _offers for purpose in offer(asker, kept)]


def purpose_of(asker: Member, link: Link) -> Purpose | None:
    if link.made_for is None:
        return None
    return next((one for one in purposes_for(asker, link.made_for) if one.pk == link.made_for), None)


def checked_purpose(asker: Member, wished: int | None, kept: int | None = None) -> int | None:
    """The wish, if it is one that the asker may have."""
    if wished is None or any(purpose.pk == wished for purpose in purposes_for(asker, kept)):
        return wished
    raise Refused(
        _("That period is not open to this link."),
        next_step=_("Choose another one, or none."),
        field="made_for",
    )
