"""Pictures people upload: a picture is what can be decoded, and nothing of its file survives but the pixels."""

from __future__ import annotations

import io
import warnings

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from genlyd.base.errors import Refused

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
_READABLE = ("PNG", "JPEG", "WEBP", "GIF")


def tidy_picture(
    upload: UploadedFile, *, largest: tuple[int, int], field: str, square: bool = False
) -> tuple[bytes, str]:
    """(bytes, ending) of a fresh PNG or JPEG, turned upright, no larger than `largest`. Raises Refused."""
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(
            _("The picture is larger than 8 MB."), next_step=_("Choose a smaller one."), field=field
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=_READABLE) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused(_("The picture has too many pixels."), field=field)
                picture = ImageOps.exif_transpose(opened)
                picture.load()
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise Refused(
            _("This file is not a picture that can be read."),
            next_step=_("Choose a PNG, JPEG or WebP file."),
            field=field,
        ) from error
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    if square:
        picture = ImageOps.fit(picture, (min(largest[0], *picture.size),) * 2)
    else:
        picture.thumbnail(largest)
    target = io.BytesIO()
    picture.save(target, "PNG" if has_alpha else "JPEG", optimize=True, quality=88)
    return target.getvalue(), "png" if has_alpha else "jpg"
