from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base.errors import Refused
from genlyd.content.domain import pictures
from genlyd.content.domain.pictures import Fault
from genlyd.content.models import Media
from genlyd.people.models import Member, Organisation

WORDS = {
    Fault.EMPTY: (_("The file is empty."), _("Choose another picture.")),
    Fault.TOO_MANY_BYTES: (
        _("The picture is larger than 10 MB."),
        _("Save a smaller copy, and upload that. 2048 pixels on the longest side are enough."),
    ),
    Fault.TOO_MANY_PIXELS: (
        _("The picture has too many pixels."),
        _("Save a smaller copy, and upload that. 2048 pixels on the longest side are enough."),
    ),
    Fault.HEIC: (
        _("This is an iPhone picture (HEIC), which most networks cannot show."),
        _("Save it as JPEG first. On the iPhone: Settings, Camera, Formats, Most Compatible."),
    ),
    Fault.SVG: (
        _("This is a drawing (SVG), which networks cannot show."),
        _("Export it as PNG, and upload that."),
    ),
    Fault.NOT_A_PICTURE: (
        _("This is not a picture, whatever its name says."),
        _("Choose a JPEG, PNG, WebP or GIF file."),
    ),
    Fault.BROKEN: (
        _("The picture is broken: a part of it is missing or cannot be read."),
        _("Open it on your computer to see whether it is whole, and upload it again."),
    ),
}  # fmt: skip


def made(data: bytes) -> pictures.Made:
    """Decode an upload; Refused, in words for people, where that cannot be done."""
    try:
        return pictures.make(data)
    except pictures.Unusable as error:
        words, advice = WORDS[error.fault]
        raise Refused(words, next_step=advice, field="picture") from error


def keep_picture(
    *,
    organisation: Organisation,
    data: bytes,
    by: Member | None,
    alt: str = "",
    shows_person: bool = False,
) -> Media:
    """Store a picture once per organisation, however often it is uploaded. Raises Refused."""
    made_of_it = made(data)
    sha = made_of_it.sha256
    with transaction.atomic():
        media, new = Media.objects.get_or_create(
            organisation=organisation,
            sha256=sha,
            defaults={
                "file": f"pictures/{organisation.pk}/{sha[:2]}/{sha}.{made_of_it.suffix}",
                "thumbnail": f"thumbnails/{organisation.pk}/{sha[:2]}/{sha}.{made_of_it.suffix}",
                "alt": alt,
                "shows_person": shows_person,
                "width": made_of_it.width,
                "height": made_of_it.height,
                "size": len(made_of_it.full),
                "uploaded_by": by,
            },
        )
        _write(media.file.storage, media.file.name, made_of_it.full)
        _write(media.thumbnail.storage, media.thumbnail.name, made_of_it.thumbnail)
        if not new:
            # Somebody else's words about the same picture stay: a draft must not rewrite what a story shows.
            first = alt if by is not None and media.uploaded_by_id == by.pk else ""
            describe_picture(
                media=media, alt=first or media.alt or alt, shows_person=shows_person or media.shows_person
            )
    return media


def describe_picture(*, media: Media, alt: str, shows_person: bool) -> Media:
    if (media.alt, media.shows_person) != (alt, shows_person):
        media.alt, media.shows_person = alt, shows_person
        media.save(update_fields=["alt", "shows_person"])
    return media


def _write(storage: Storage, name: str | None, data: bytes) -> None:
    assert name
    # The name is the content's hash: a file that is there is the right one, also after a rollback.
    if not storage.exists(name):
        storage.save(name, ContentFile(data))
