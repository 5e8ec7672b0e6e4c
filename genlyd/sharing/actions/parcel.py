"""From a share to what its network is given."""

from __future__ import annotations

from genlyd.content.models import Media
from genlyd.networks import registry
from genlyd.networks.contract import Card, Message, Parcel, Picture
from genlyd.sharing.models import Delivery, Share
from genlyd.sharing.public_picture import public_url


def message_of(share: Share) -> Message:
    return Message(
        text=share.text,
        link=share.link.url if share.link else "",
        title=share.story.preview_title or share.story.sentence,
        has_picture=share.picture_id is not None,
    )


def picture_of(media: Media | None) -> Picture | None:
    if media is None:
        return None
    with media.file.open("rb") as file:
        data = file.read()
    mime = (
        "image/png"
        if data.startswith(b"\x89PNG")
        else "image/webp"
        if data[8:12] == b"WEBP"
        else "image/jpeg"
    )
    return Picture(
        data=data, alt=media.alt, width=media.width, height=media.height, mime=mime, public_url=public_url(media)
    )  # fmt: skip


def of(delivery: Delivery) -> Parcel:
    share = delivery.share
    network = registry.NETWORKS[share.network]
    message = message_of(share)
    picture = picture_of(share.picture)
    card = None
    if share.link and picture is None:
        card = Card(
            url=share.link.url,
            title=share.story.preview_title or share.story.sentence,
            description=share.story.preview_description,
            picture=picture_of(share.story.preview_picture),
        )
    return Parcel(
        key=f"{delivery.pk}.{delivery.version}",
        at=delivery.due_at,
        text=network.written(message),
        link=message.link,
        language=share.language,
        card=card,
        picture=picture,
    )
