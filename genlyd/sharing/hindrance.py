"""Why Genlyd cannot post this one itself, although it is connected: said while one writes, not when it is too late."""

from __future__ import annotations

from django.utils.translation import gettext as _

from genlyd.content.models import Media
from genlyd.networks.contract import CardFrom, Network, PictureWay
from genlyd.networks.domain.shape import fits
from genlyd.sharing.public_picture import can_be_fetched


def hindrance(network: Network, picture: Media | None) -> str:
    """What the picture, or its absence, means for the way out through the API; "" when nothing stands in the way."""
    able = network.capabilities
    name = {"network": network.name}
    if picture is None:
        if able.picture_required:
            return (
                _("%(network)s takes no post without a picture. Choose one, and Genlyd posts it for you.")
                % name
            )
        return ""
    if able.picture is PictureWay.PUBLIC_URL and not can_be_fetched():
        words = (
            _(
                "%(network)s fetches pictures itself, and cannot reach your Genlyd from outside. Post it yourself."
            )
            if able.picture_required
            else _(
                "%(network)s fetches pictures itself, and cannot reach your Genlyd from outside. "
                "Post it yourself, or without the picture."
            )
        )
        return words % name
    if not fits(picture.width / picture.height, able.picture_shapes):
        return (
            _(
                "The picture is too long or too wide for %(network)s. Choose another one, or post it yourself: "
                "the app lets you choose the part."
            )
            % name
        )
    return ""


def link_note(network: Network, *, has_link: bool) -> str:
    """Where a link is only text, readers have to be told what to do with it."""
    if not has_link or network.capabilities.card is not CardFrom.NONE:
        return ""
    return _(
        "Nobody can tap a link on %(network)s. The short one stands in the text, for those who copy it."
    ) % {"network": network.name}
